using System.Text.Json;
using Platform.Sessions;

namespace Platform.Bff.Provider;

/// <summary>A token response (RFC 6749 section 5.1, OpenID Connect Core section 3.1.3.3).</summary>
internal sealed record GrantedTokens(SessionAccessToken AccessToken, bool HasLifetime, string? IdToken, string? RefreshToken)
{
    // RFC 6749 section 5.1: without expires_in the lifetime is unknown; a session must not live on such a guess for long.
    private static readonly TimeSpan UnknownLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Null unless there is an access token of a type that is understood.</summary>
    public static GrantedTokens? Read(ProviderAnswer.Success answer, DateTimeOffset now) =>
        answer.Text("access_token") is { Length: > 0 } accessToken && Type(answer.Text("token_type")) is { } type
            ? new GrantedTokens(
                new SessionAccessToken(accessToken, type, now + (Lifetime(answer.Body) ?? UnknownLifetime)),
                Lifetime(answer.Body) is not null, answer.Text("id_token"), answer.Text("refresh_token"))
            : null;

    private static string? Type(string? type) =>
        string.Equals(type, "Bearer", StringComparison.OrdinalIgnoreCase) ? "Bearer" : null;

    private static TimeSpan? Lifetime(JsonElement body) =>
        body.TryGetProperty("expires_in", out var seconds) && seconds.ValueKind is JsonValueKind.Number &&
        seconds.TryGetInt32(out var value) && value > 0
            ? TimeSpan.FromSeconds(value)
            : null;
}
