using System.Net.Http.Headers;
using System.Text.Json;
using Platform.Sessions;
using Platform.Tokens.IdTokens;

namespace Platform.Bff.Provider;

/// <summary>
/// Who a person is, from the ID token, and where that has neither name nor address although they were asked for, from the
/// provider's userinfo endpoint (OpenID Connect Core section 5.3). A sign-in does not fail for want of a name.
/// </summary>
internal sealed partial class UserInfo(ProviderCalls calls, DPoPProver prover, ILogger<UserInfo> logger)
{
    public async Task<(string? Name, string? Email)> OfAsync(
        OpenIdProvider provider, IdToken idToken, SessionAccessToken accessToken, CancellationToken cancellationToken)
    {
        var (name, email) = (Text(idToken.Claims, "name"), Text(idToken.Claims, "email"));
        if (!Lacks(provider, "profile", name) && !Lacks(provider, "email", email))
        {
            return (name, email);
        }

        var metadata = await provider.GetMetadataAsync(cancellationToken);
        return metadata.UserInfoEndpoint is { } endpoint &&
            await AskAsync(provider, endpoint, idToken.Subject, accessToken, cancellationToken) is { } claims
                ? (name ?? Text(claims, "name"), email ?? Text(claims, "email"))
                : (name, email);
    }

    private async Task<JsonElement?> AskAsync(
        OpenIdProvider provider, Uri endpoint, string subject, SessionAccessToken accessToken, CancellationToken cancellationToken)
    {
        var (answer, hasNonce) = await SendAsync(provider, endpoint, accessToken, cancellationToken);
        if (answer is ProviderAnswer.Refused && hasNonce && accessToken.KeyId is not null)
        {
            // RFC 9449 section 9: perhaps for the want of it.
            (answer, _) = await SendAsync(provider, endpoint, accessToken, cancellationToken);
        }

        switch (answer)
        {
            // Section 5.3.2: the claims of somebody else are not used.
            case ProviderAnswer.Success success when success.Text("sub") == subject:
                return success.Body;
            case ProviderAnswer.Success:
                LogNone("its sub is not that of the ID token");
                return null;
            case ProviderAnswer.Refused refused:
                LogNone(refused.Reason);
                return null;
            default:
                LogNone(((ProviderAnswer.Unavailable)answer).Reason);
                return null;
        }
    }

    private async Task<(ProviderAnswer Answer, bool HasNonce)> SendAsync(
        OpenIdProvider provider, Uri endpoint, SessionAccessToken accessToken, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue(accessToken.Type, accessToken.Value);
        if (await prover.ProveAsync(accessToken, "GET", endpoint, cancellationToken) is { } proof)
        {
            request.Headers.Add("DPoP", proof);
        }

        return await calls.SendAsync(provider, request, cancellationToken);
    }

    private static bool Lacks(OpenIdProvider provider, string scope, string? claim) =>
        claim is null && provider.Options.Scopes.Split(' ').Contains(scope);

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    [LoggerMessage(LogLevel.Warning, "The userinfo endpoint told nothing of a person: {Reason}")]
    private partial void LogNone(string reason);
}
