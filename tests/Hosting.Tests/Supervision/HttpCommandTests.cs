using System.Net;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Platform.Hosting.Tests.Supervision;

/// <summary>Commands that are requests to a service.</summary>
public sealed class HttpCommandTests : IAsyncLifetime
{
    private readonly Application _application = new("--DcpPublisher:RandomizePorts=false");
    private WebApplication _service = null!;
    private IResourceBuilder<ExecutableResource> _resource = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _service = builder.Build();
        _service.Urls.Add("http://127.0.0.1:0");
        _service.MapPost("/seed", (HttpRequest request) => Results.Text($"seeded {request.Headers["X-Many"]}"));
        _service.MapPost("/report", () => Results.Text("# All is well", "text/markdown"));
        _service.MapGet("/state", () => Results.Json(new { ok = true }));
        _service.MapPost("/refuse", () => Results.Text("not today", statusCode: 409));
        await _service.StartAsync(Deadline.Token);
        var port = new Uri(_service.Urls.Single()).Port;
        _resource = _application.AddShell("tool", "exec sleep 1000").WithHttpEndpoint(port: port, isProxied: false);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Are_sent_as_the_AppHost_prepares_them()
    {
        _resource.WithHttpCommand("/seed", "Seed", commandName: "seed", commandOptions: new()
        {
            PrepareRequest = context =>
            {
                context.Request.Headers.Add("X-Many", "7");
                return Task.CompletedTask;
            },
            ResultMode = HttpCommandResultMode.Auto,
        });

        var result = await RunAsync("seed");

        Assert.Equal((true, "POST /seed answered 200 OK."), (result.Success, result.Message));
        Assert.Equal(("seeded 7", CommandResultFormat.Text, true), (result.Data?.Value, result.Data?.Format, result.Data?.DisplayImmediately));
    }

    [Theory(Timeout = Deadline.Milliseconds)]
    [InlineData("/report", "POST", HttpCommandResultMode.Auto, CommandResultFormat.Markdown, "# All is well")]
    [InlineData("/report", "POST", HttpCommandResultMode.Text, CommandResultFormat.Text, "# All is well")]
    [InlineData("/state", "GET", HttpCommandResultMode.Auto, CommandResultFormat.Json, """{"ok":true}""")]
    [InlineData("/state", "GET", HttpCommandResultMode.Json, CommandResultFormat.Json, """{"ok":true}""")]
    [InlineData("/state", "GET", HttpCommandResultMode.None, null, null)]
    public async Task Answer_in_the_format_of_the_service(
        string path, string method, HttpCommandResultMode mode, CommandResultFormat? format, string? value)
    {
        _resource.WithHttpCommand(path, "Run", commandName: "run", commandOptions: new() { Method = HttpMethod.Parse(method), ResultMode = mode });

        var result = await RunAsync("run");

        Assert.Equal((true, format, value), (result.Success, result.Data?.Format, result.Data?.Value));
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Fail_with_the_status_and_what_the_service_said()
    {
        _resource.WithHttpCommand("/refuse", "Refuse", commandName: "refuse", commandOptions: new() { ResultMode = HttpCommandResultMode.Auto });

        var result = await RunAsync("refuse");

        Assert.Equal((false, "POST /refuse answered 409 Conflict.", "not today"), (result.Success, result.ErrorMessage, result.Data?.Value));
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Mean_what_the_AppHost_makes_of_the_answer()
    {
        _resource.WithHttpCommand("/refuse", "Refuse", commandName: "refuse", commandOptions: new()
        {
            GetCommandResult = context => Task.FromResult(context.Response.StatusCode == HttpStatusCode.Conflict
                ? CommandResults.Success("As expected.", "**409**", CommandResultFormat.Markdown)
                : CommandResults.Failure("No conflict.")),
        });

        var result = await RunAsync("refuse");

        Assert.Equal((true, "As expected.", CommandResultFormat.Markdown), (result.Success, result.Message, result.Data?.Format));
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Are_offered_only_while_the_resource_runs()
    {
        _resource.WithHttpCommand("/seed", "Seed").WithExplicitStart();
        await _application.StartAsync();
        Assert.Equal(ResourceCommandState.Disabled, StateOf("tool-http-http-post-/seed"));

        await _application.Running.ResourceCommands.ExecuteCommandAsync("tool", KnownResourceCommands.StartCommand, Deadline.Token);

        Assert.Equal(ResourceCommandState.Enabled, StateOf("tool-http-http-post-/seed"));
    }

    [Fact]
    public void Need_an_http_endpoint()
    {
        var broker = _application.AddShell("broker", "exec sleep 1000").WithEndpoint(name: "tcp", scheme: "tcp");

        var refused = Assert.Throws<DistributedApplicationException>(() => broker.WithHttpCommand("/seed", "Seed"));
        Assert.Equal("'broker' has an HTTP command and no http or https endpoint: give it one with WithHttpEndpoint.", refused.Message);
        refused = Assert.Throws<DistributedApplicationException>(() => broker.WithHttpCommand("/seed", "Seed", endpointName: "tcp"));
        Assert.Equal("'broker' has an HTTP command to 'tcp', which is no http or https endpoint of 'broker': name another.", refused.Message);
    }

    private ResourceCommandState StateOf(string command) =>
        _application.StateOf("tool").Snapshot.Commands.Single(known => known.Name == command).State;

    private async Task<ExecuteCommandResult> RunAsync(string command)
    {
        await _application.StartAsync();
        return await _application.Running.ResourceCommands.ExecuteCommandAsync("tool", command, Deadline.Token);
    }
}
