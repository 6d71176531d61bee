using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting;

/// <summary>A command that is a request; its answer is the command's.</summary>
internal sealed class HttpCommand(EndpointReference endpoint, string path, HttpCommandOptions options)
{
    public async Task<ExecuteCommandResult> ExecuteAsync(ExecuteCommandContext context)
    {
        var http = context.ServiceProvider.GetRequiredService<IHttpClientFactory>().CreateClient(options.HttpClientName ?? Options.DefaultName);
        using var request = new HttpRequestMessage(options.Method!, new Uri(new Uri(endpoint.Url), path));
        if (options.PrepareRequest is { } prepare)
        {
            await prepare(new()
            {
                ServiceProvider = context.ServiceProvider,
                ResourceName = context.ResourceName,
                Endpoint = endpoint,
                CancellationToken = context.CancellationToken,
                HttpClient = http,
                Request = request
            });
        }

        using var response = await http.SendAsync(request, context.CancellationToken);
        return options.GetCommandResult is { } understand
            ? await understand(new()
            {
                ServiceProvider = context.ServiceProvider,
                ResourceName = context.ResourceName,
                Endpoint = endpoint,
                CancellationToken = context.CancellationToken,
                HttpClient = http,
                Response = response
            })
            : await UnderstandAsync(response, context.CancellationToken);
    }

    private async Task<ExecuteCommandResult> UnderstandAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var message = $"{options.Method} {path} answered {(int)response.StatusCode} {response.ReasonPhrase}.";
        var body = FormatOf(response) is { } format && await response.Content.ReadAsStringAsync(cancellationToken) is { Length: > 0 } text
            ? new CommandResultData { Value = text, Format = format, DisplayImmediately = true }
            : null;
        return new()
        {
            Success = response.IsSuccessStatusCode,
            ErrorMessage = response.IsSuccessStatusCode ? null : message,
            Message = message,
            Data = body
        };
    }

    private CommandResultFormat? FormatOf(HttpResponseMessage response) => (options.ResultMode, response.Content.Headers.ContentType?.MediaType) switch
    {
        (HttpCommandResultMode.Json, _) => CommandResultFormat.Json,
        (HttpCommandResultMode.Text, _) => CommandResultFormat.Text,
        (HttpCommandResultMode.Auto, "text/markdown") => CommandResultFormat.Markdown,
        (HttpCommandResultMode.Auto, { } type) when type == "application/json" || type.EndsWith("+json", StringComparison.Ordinal) => CommandResultFormat.Json,
        (HttpCommandResultMode.Auto, { } type) when type.StartsWith("text/", StringComparison.Ordinal) => CommandResultFormat.Text,
        _ => null
    };
}
