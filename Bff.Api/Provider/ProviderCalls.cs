using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Platform.Bff.Provider;

/// <summary>Sends a request to a provider, once, and reads the answer: a JSON object, or an error as OAuth spells them.</summary>
internal sealed class ProviderCalls(IHttpClientFactory clients, DPoPNonces nonces)
{
    public const string Client = "provider-calls";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>The answer, and whether it brought a DPoP nonce.</summary>
    public async Task<(ProviderAnswer Answer, bool HasNonce)> SendAsync(
        OpenIdProvider provider, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var endpoint = request.RequestUri!;
        request.Headers.Accept.Add(new("application/json"));
        using var http = clients.CreateClient(Client);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var hasNonce = nonces.Learn(endpoint, response.Headers);
            return (await ReadAsync(provider, response, cancellationToken), hasNonce);
        }
        catch (HttpRequestException unreachable)
        {
            return (new ProviderAnswer.Unavailable($"{endpoint} cannot be reached: {unreachable.Message}"), false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (new ProviderAnswer.Unavailable($"{endpoint} did not answer in time"), false);
        }
        catch (JsonException)
        {
            return (new ProviderAnswer.Unavailable($"{endpoint} answered with something that is not JSON"), false);
        }
    }

    private static async Task<ProviderAnswer> ReadAsync(
        OpenIdProvider provider, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = response.StatusCode;
        if (status is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests)
        {
            return new ProviderAnswer.Unavailable($"the provider answered {(int)status}");
        }

        // RFC 6750 section 3: about a bearer token, the header says what is wrong, and there may be no body.
        if (BearerError(response.Headers.WwwAuthenticate) is { } challenge)
        {
            return new ProviderAnswer.Refused(challenge, ProviderFault.Explain(provider, status, challenge, description: null));
        }

        // RFC 7009 section 2.2: a revocation is answered by the status alone.
        var content = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        using var body = JsonDocument.Parse(content.Length > 0 ? content : "{}"u8.ToArray(), Strict);
        if (body.RootElement.ValueKind is not JsonValueKind.Object)
        {
            return new ProviderAnswer.Unavailable("the provider's answer is not a JSON object");
        }

        var answer = new ProviderAnswer.Success(body.RootElement.Clone());
        if (status is HttpStatusCode.OK or HttpStatusCode.Created)
        {
            return answer;
        }

        var error = answer.Text("error") ?? "unknown";
        return new ProviderAnswer.Refused(
            error, ProviderFault.Explain(provider, status, error, answer.Text("error_description")));
    }

    private static string? BearerError(IEnumerable<AuthenticationHeaderValue> challenges) => challenges
        .Where(challenge => challenge.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        .SelectMany(challenge => challenge.Parameter?.Split(',', StringSplitOptions.TrimEntries) ?? [])
        .Where(parameter => parameter.StartsWith("error=\"", StringComparison.Ordinal))
        .Select(parameter => parameter["error=\"".Length..].TrimEnd('"'))
        .FirstOrDefault();
}
