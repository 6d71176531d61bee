using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Tokens.Jose;

namespace Platform.IdP.Ciba;

/// <summary>Signed authentication requests (CIBA Core section 7.1.1, FAPI-CIBA section 5.2.2): the checks, in order.</summary>
internal sealed class SignedRequestReader(ClientKeys keys, UsedIds used, IOptions<IdpOptions> options, TimeProvider clock)
{
    private const int LongestId = 256;
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestValidity = TimeSpan.FromMinutes(60);

    public async Task<ParametersCheck> ReadAsync(string request, Client client, CancellationToken cancellationToken)
    {
        // The registered algorithm alone; who registered none has those of FAPI.
        JwsAlgorithm[] algorithms = client.BackchannelRequestAlgorithm is { } registered
            ? [registered]
            : [JwsAlgorithm.ES256, JwsAlgorithm.PS256];
        var rules = new JwsRules(["", "JWT", "oauth-authz-req+jwt"], algorithms);
        if (await keys.VerifyAsync(client, request, rules, cancellationToken) is not JwsCheck.Valid { Payload: var claims })
            return Refused("its signature does not hold");

        if (Text(claims, "iss") != client.Id)
            return Refused("its issuer (iss) is not the client");
        if (!IsForThisServer(claims))
            return Refused("its audience (aud) is not this issuer");

        var now = clock.GetUtcNow();
        if (Time(claims, "exp") is not { } expires || expires + Skew <= now)
            return Refused("its expiry (exp) is missing or past");
        if (Time(claims, "iat") is not { } issued || issued > now + Skew)
            return Refused("its time of issue (iat) is missing or in the future");
        if (Time(claims, "nbf") is not { } begins || begins > now + Skew)
            return Refused("its beginning (nbf) is missing or in the future");
        if (begins < now - LongestValidity - Skew)
            return Refused("its beginning (nbf) is more than 60 minutes ago");
        if (expires - begins > LongestValidity)
            return Refused("its expiry (exp) is more than 60 minutes after its beginning (nbf)");
        if (Text(claims, "jti") is not { Length: > 0 and <= LongestId } id)
            return Refused("its id (jti) is missing");

        // RFC 9101 section 4: no request in the request.
        var names = claims.EnumerateObject().Select(claim => claim.Name).ToList();
        if (names.Contains("request") || names.Contains("request_uri"))
            return Refused("it contains another request");
        if (claims.TryGetProperty("client_id", out _) && Text(claims, "client_id") != client.Id)
            return Refused("its client_id is another one");

        return await used.TryUseAsync("ciba", client.Id, id, expires + Skew)
            ? RequestParameters.FromClaims(claims)
            : Refused("its id (jti) was used before");
    }

    private bool IsForThisServer(JsonElement claims) => claims.TryGetProperty("aud", out var audience) && audience.ValueKind switch
    {
        JsonValueKind.String => audience.ValueEquals(options.Value.Issuer),
        JsonValueKind.Array => audience.EnumerateArray().Any(
            one => one.ValueKind is JsonValueKind.String && one.ValueEquals(options.Value.Issuer)),
        _ => false,
    };

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number &&
        value.TryGetInt64(out var seconds) && seconds is >= 0 and < 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static ParametersCheck.Refused Refused(string description) => new($"The request object is not valid: {description}.");
}
