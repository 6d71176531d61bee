using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Bff.Configuration;

namespace Platform.Bff.Provider;

/// <summary>Posts a form to an endpoint of the provider, as the client that the BFF is.</summary>
internal sealed class ProviderForms(IHttpClientFactory clients, IOptions<OidcOptions> options)
{
    public const string Client = "provider-forms";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    public async Task<ProviderAnswer> PostAsync(
        Uri endpoint, IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = Basic(options.Value.ClientId, options.Value.ClientSecret);
        request.Headers.Accept.Add(new("application/json"));

        using var http = clients.CreateClient(Client);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var content = await response.Content.ReadAsByteArrayAsync(cancellationToken);

            // RFC 7009 section 2.2: a revocation is answered by the status alone.
            using var body = JsonDocument.Parse(content.Length > 0 ? content : "{}"u8.ToArray(), Strict);
            return Read(response.StatusCode, body.RootElement.Clone());
        }
        catch (HttpRequestException unreachable)
        {
            return new ProviderAnswer.Unavailable($"{endpoint} cannot be reached: {unreachable.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProviderAnswer.Unavailable($"{endpoint} did not answer in time");
        }
        catch (JsonException)
        {
            return new ProviderAnswer.Unavailable($"{endpoint} answered with something that is not JSON");
        }
    }

    /// <summary>RFC 6749 section 2.3.1: id and secret are form-encoded before they are joined.</summary>
    internal static AuthenticationHeaderValue Basic(string clientId, string secret) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(
            $"{WebUtility.UrlEncode(clientId)}:{WebUtility.UrlEncode(secret)}")));

    private static ProviderAnswer Read(HttpStatusCode status, JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object)
        {
            return new ProviderAnswer.Unavailable("the provider's answer is not a JSON object");
        }

        var answer = new ProviderAnswer.Success(body);
        return (int)status switch
        {
            200 or 201 => answer,
            >= 500 => new ProviderAnswer.Unavailable($"the provider answered {(int)status}"),
            _ => new ProviderAnswer.Refused(
                answer.Text("error") ?? "unknown",
                $"the provider answered {(int)status} {answer.Text("error")}: {answer.Text("error_description")}"),
        };
    }
}
