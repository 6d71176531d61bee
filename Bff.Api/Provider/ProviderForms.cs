using System.Net;
using System.Text.Json;

namespace Platform.Bff.Provider;

/// <summary>Posts a form to an endpoint of a provider, as the client that the BFF is there.</summary>
internal sealed class ProviderForms(
    IHttpClientFactory clients, ClientAuthentication authentication, DPoPProver prover, DPoPNonces nonces)
{
    public const string Client = "provider-forms";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <param name="provider">Whose endpoint it is.</param>
    /// <param name="endpoint">Where to.</param>
    /// <param name="form">What; who sends it is added here.</param>
    /// <param name="proofKey">The key that is proved (RFC 9449); null to prove none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ProviderAnswer> PostAsync(
        OpenIdProvider provider, Uri endpoint, IReadOnlyDictionary<string, string> form, string? proofKey,
        CancellationToken cancellationToken)
    {
        var (answer, hasNonce) = await SendAsync(provider, endpoint, form, proofKey, cancellationToken);

        // RFC 9449 section 8: once more with the server's nonce; proof and assertion are new as well.
        return answer is ProviderAnswer.Refused { Error: "use_dpop_nonce" } && hasNonce
            ? (await SendAsync(provider, endpoint, form, proofKey, cancellationToken)).Answer
            : answer;
    }

    private async Task<(ProviderAnswer Answer, bool HasNonce)> SendAsync(
        OpenIdProvider provider, Uri endpoint, IReadOnlyDictionary<string, string> form, string? proofKey,
        CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>(form);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
        request.Headers.Accept.Add(new("application/json"));
        request.Headers.Authorization = await authentication.AddAsync(provider, fields, cancellationToken);
        request.Content = new FormUrlEncodedContent(fields);
        if (proofKey is not null)
        {
            if (await prover.ProveAsync(proofKey, endpoint, cancellationToken) is not { } proof)
            {
                return (new ProviderAnswer.Unavailable("the DPoP key of the sign-in is gone; begin again"), false);
            }

            request.Headers.Add("DPoP", proof);
        }

        return await SendAsync(provider, request, cancellationToken);
    }

    private async Task<(ProviderAnswer Answer, bool HasNonce)> SendAsync(
        OpenIdProvider provider, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var endpoint = request.RequestUri!;
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
        var content = await response.Content.ReadAsByteArrayAsync(cancellationToken);

        // RFC 7009 section 2.2: a revocation is answered by the status alone.
        using var body = JsonDocument.Parse(content.Length > 0 ? content : "{}"u8.ToArray(), Strict);
        if (body.RootElement.ValueKind is not JsonValueKind.Object)
        {
            return new ProviderAnswer.Unavailable("the provider's answer is not a JSON object");
        }

        var answer = new ProviderAnswer.Success(body.RootElement.Clone());
        return response.StatusCode switch
        {
            HttpStatusCode.OK or HttpStatusCode.Created => answer,
            >= HttpStatusCode.InternalServerError =>
                new ProviderAnswer.Unavailable($"the provider answered {(int)response.StatusCode}"),
            var status => new ProviderAnswer.Refused(
                answer.Text("error") ?? "unknown", ProviderFault.Explain(provider, status, answer)),
        };
    }
}
