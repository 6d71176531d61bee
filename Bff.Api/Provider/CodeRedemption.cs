using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Bff.Configuration;
using Platform.Tokens.Discovery;

namespace Platform.Bff.Provider;

/// <summary>The tokens of a sign-in.</summary>
internal sealed record GrantedTokens(string AccessToken, string IdToken, TimeSpan? Lifetime);

/// <summary>Exchanges an authorization code, with the verifier that belongs to it, for tokens (RFC 6749 section 4.1.3).</summary>
internal sealed class CodeRedemption(
    ProviderForms forms, ProviderClient provider, IOptions<BffOptions> bff)
{
    public async Task<ProviderAnswer> RedeemAsync(string code, string codeVerifier, CancellationToken cancellationToken)
    {
        var metadata = await provider.GetMetadataAsync(cancellationToken);
        return await forms.PostAsync(metadata.TokenEndpoint, new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = bff.Value.CallbackUrl,
            ["code_verifier"] = codeVerifier,
        }, cancellationToken);
    }

    /// <summary>Null unless there is an ID token, and an access token of a type that is understood.</summary>
    public static GrantedTokens? Read(ProviderAnswer.Success answer) =>
        answer.Text("access_token") is { Length: > 0 } accessToken &&
        answer.Text("id_token") is { Length: > 0 } idToken &&
        string.Equals(answer.Text("token_type"), "Bearer", StringComparison.OrdinalIgnoreCase)
            ? new(accessToken, idToken, Lifetime(answer.Body))
            : null;

    private static TimeSpan? Lifetime(JsonElement body) =>
        body.TryGetProperty("expires_in", out var seconds) && seconds.ValueKind is JsonValueKind.Number &&
        seconds.TryGetInt32(out var value) && value > 0
            ? TimeSpan.FromSeconds(value)
            : null;
}
