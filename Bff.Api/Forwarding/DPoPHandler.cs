using System.Net;
using Platform.Bff.Provider;
using Platform.Sessions;

namespace Platform.Bff.Forwarding;

/// <summary>
/// Proves with every call the key that its access token is bound to, with the newest nonce of the server (RFC 9449 sections
/// 7.1 and 9).
/// </summary>
internal sealed class DPoPHandler(DPoPProver prover, DPoPNonces nonces, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    public static readonly HttpRequestOptionsKey<SessionAccessToken> Token = new("access-token");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Options.TryGetValue(Token, out var token) && token.KeyId is not null
            ? SendAsync(request, token, cancellationToken)
            : base.SendAsync(request, cancellationToken);

    private async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, SessionAccessToken token, CancellationToken cancellationToken)
    {
        var server = request.RequestUri!;
        await ProveAsync(request, token, cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        var hasNonce = nonces.Learn(server, response.Headers);
        if (!hasNonce || !WantsNonce(response))
            return response;

        response.Dispose();
        if (request.Content is not null)
            return MayBeRepeated(request);

        await ProveAsync(request, token, cancellationToken);
        response = await base.SendAsync(request, cancellationToken);
        nonces.Learn(server, response.Headers);
        return response;
    }

    private async ValueTask ProveAsync(HttpRequestMessage request, SessionAccessToken token, CancellationToken cancellationToken)
    {
        var proof = await prover.ProveAsync(token, request.Method.Method, request.RequestUri!, cancellationToken)
            ?? throw new HttpRequestException("The key that the access token is bound to is gone.");
        request.Headers.Remove("DPoP");
        request.Headers.TryAddWithoutValidation("DPoP", proof);
    }

    private static bool WantsNonce(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.Unauthorized &&
        response.Headers.WwwAuthenticate.Any(challenge =>
            challenge.Scheme.Equals("DPoP", StringComparison.OrdinalIgnoreCase) &&
            challenge.Parameter?.Contains("error=\"use_dpop_nonce\"", StringComparison.Ordinal) is true);

    // The body has gone by and cannot be sent twice; nothing was done with it, and the nonce is known now.
    private static HttpResponseMessage MayBeRepeated(HttpRequestMessage request) => new(HttpStatusCode.ServiceUnavailable)
    {
        RequestMessage = request,
        Content = new ByteArrayContent([]),
        Headers = { RetryAfter = new(TimeSpan.Zero) },
    };
}
