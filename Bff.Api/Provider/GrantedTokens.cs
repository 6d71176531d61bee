using System.Text.Json;
using Platform.Sessions;

namespace Platform.Bff.Provider;

/// <summary>A token response (RFC 6749 section 5.1, OpenID Connect Core section 3.1.3.3).</summary>
internal sealed record GrantedTokens(SessionAccessToken AccessToken, bool HasLifetime, string? IdToken, string? RefreshToken)
{
    // RFC 6749 section 5.1: without expires_in the lifetime is unknown; a session must not live on such a guess for long.
    private static readonly TimeSpan UnknownLifetime = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Null unless there is an access token of the type that was asked for: one that is not bound to
    /// <paramref name="proofKey"/> although it was proved is discarded (RFC 9449 section 5).
    /// </summary>
    public static GrantedTokens? Read(ProviderAnswer.Success answer, string? proofKey, DateTimeOffset now)
    {
        var type = proofKey is null ? "Bearer" : "DPoP";
        return answer.Text("access_token") is { Length: > 0 } accessToken &&
            type.Equals(answer.Text("token_type"), StringComparison.OrdinalIgnoreCase)
                ? new GrantedTokens(
                    new SessionAccessToken(accessToken, type, now + (Lifetime(answer.Body) ?? UnknownLifetime), proofKey),
                    Lifetime(answer.Body) is not null, answer.Text("id_token"), answer.Text("refresh_token"))
                : null;
    }

    private static TimeSpan? Lifetime(JsonElement body) =>
        body.TryGetProperty("expires_in", out var seconds) && seconds.ValueKind is JsonValueKind.Number &&
        seconds.TryGetInt32(out var value) && value > 0
            ? TimeSpan.FromSeconds(value)
            : null;
}
