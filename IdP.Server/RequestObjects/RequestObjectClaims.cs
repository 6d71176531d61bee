using System.Text.Json;

namespace Platform.IdP.RequestObjects;

/// <summary>The claims of a request object that concern itself and not the request: who made it, for whom, and for how long.</summary>
internal static class RequestObjectClaims
{
    // FAPI 2.0 Message Signing section 5.3.1
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(60);

    // FAPI 2.0 section 5.3.2.1: clocks that go ten seconds ahead are right enough.
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(10);

    private const long Year9999 = 253_402_300_799;

    /// <summary>What is wrong, if anything. FAPI demands what RFC 9101 and OpenID Connect only recommend.</summary>
    public static string? Refusal(JsonElement claims, Client client, string issuer, DateTimeOffset now) =>
        OwnerRefusal(claims, client)
        ?? NestingRefusal(claims)
        ?? AudienceRefusal(claims, client, issuer)
        ?? LifetimeRefusal(claims, client, now);

    private static string? OwnerRefusal(JsonElement claims, Client client)
    {
        // RFC 9101 section 5: the client whose request it is, inside as outside.
        if (claims.TryGetProperty("client_id", out var clientId) ? !clientId.Is(client.Id) : client.IsFapi)
            return "The client_id in the request object is not that of the client.";

        // OpenID Connect Core section 6.1
        if (claims.TryGetProperty("iss", out var iss) ? !iss.Is(client.Id) : client.IsFapi)
            return "The issuer (iss) of the request object is not the client.";

        // RFC 9101 section 10.8: a client assertion is not a request.
        return claims.TryGetProperty("sub", out var sub) && sub.Is(client.Id)
            ? "The request object has the client as its subject (sub), as a client assertion has."
            : null;
    }

    // RFC 9101 section 4
    private static string? NestingRefusal(JsonElement claims) =>
        claims.TryGetProperty("request", out _) || claims.TryGetProperty("request_uri", out _)
            ? "A request object must not contain request or request_uri."
            : null;

    // RFC 9101 section 4: the authorization server, alone or among others.
    private static string? AudienceRefusal(JsonElement claims, Client client, string issuer) =>
        (claims.TryGetProperty("aud", out var audience)
            ? audience.Is(issuer) ||
                (audience.ValueKind is JsonValueKind.Array && audience.EnumerateArray().Any(member => member.Is(issuer)))
            : !client.IsFapi)
            ? null
            : "The audience (aud) of the request object is not this server.";

    private static string? LifetimeRefusal(JsonElement claims, Client client, DateTimeOffset now)
    {
        if (!TryReadTime(claims, "exp", out var expires) || !TryReadTime(claims, "nbf", out var notBefore))
            return "A time (exp, nbf) in the request object is not a number of seconds.";
        if (expires is null && client.IsFapi)
            return "The request object does not expire (exp).";
        if (notBefore is null && client.IsFapi)
            return "The request object does not say when it becomes valid (nbf).";

        if (expires <= now)
            return "The request object has expired (exp).";
        if (notBefore > now + Skew)
            return "The request object is not valid yet (nbf).";
        if (notBefore < now - LongestLife)
            return "The request object is too old (nbf).";
        return expires > notBefore + LongestLife ? "The request object lives longer than 60 minutes (exp, nbf)." : null;
    }

    private static bool TryReadTime(JsonElement claims, string name, out DateTimeOffset? time)
    {
        time = null;
        if (!claims.TryGetProperty(name, out var value))
            return true;
        if (value.ValueKind is not JsonValueKind.Number || !value.TryGetDouble(out var seconds) || seconds is < 0 or > Year9999)
            return false;

        time = DateTimeOffset.FromUnixTimeSeconds((long)seconds);
        return true;
    }

    private static bool Is(this JsonElement value, string text) =>
        value.ValueKind is JsonValueKind.String && value.ValueEquals(text);
}
