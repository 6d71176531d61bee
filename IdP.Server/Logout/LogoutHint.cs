using System.Text.Json;

namespace Platform.IdP.Logout;

/// <summary>Reads the claims of an id_token_hint that this provider signed.</summary>
internal static class LogoutHint
{
    /// <summary>Other JWTs of this provider for a client lack one of them: signed answers have no sub, signed userinfo no exp.</summary>
    public static bool IsIdToken(JsonElement claims) => Text(claims, "sub") is not null && claims.TryGetProperty("exp", out _);

    /// <summary>
    /// Whom it was issued to; null when that is not clear. Several audiences need an azp that says which of them is the
    /// client (OpenID Connect Core section 2).
    /// </summary>
    public static string? Client(JsonElement claims)
    {
        if (Text(claims, "aud") is { } only)
            return only;
        if (!claims.TryGetProperty("aud", out var value) || value.ValueKind is not JsonValueKind.Array)
            return null;

        var audiences = value.EnumerateArray()
            .Select(item => item.ValueKind is JsonValueKind.String ? item.GetString() : null).ToList();
        return Text(claims, "azp") switch
        {
            null => audiences is [{ } single] ? single : null,
            var party => audiences.Contains(party) ? party : null,
        };
    }

    public static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
