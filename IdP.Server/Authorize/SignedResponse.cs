using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Platform.Tokens.Jose;

namespace Platform.IdP.Authorize;

/// <summary>JWT Secured Authorization Response Mode (JARM) section 2.1: the parameters as claims of a JWT for the client.</summary>
internal sealed class SignedResponse(
    ClientRegistry clients, SigningKeys keys, IOptions<IdpOptions> options, TimeProvider clock)
{
    // Section 2.1 recommends no more than ten minutes; a browser needs seconds.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public string Sign(ResponseTarget target, IEnumerable<(string Name, string Value)> parameters)
    {
        var now = clock.GetUtcNow();
        var claims = new JsonObject
        {
            ["iss"] = options.Value.Issuer,
            ["aud"] = target.ClientId,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Lifetime).ToUnixTimeSeconds(),
        };
        foreach (var (name, value) in parameters)
        {
            claims[name] = value;
        }

        // Section 3: authorization_signed_response_alg. JARM names no typ.
        var algorithm = clients.Find(target.ClientId)?.AuthorizationResponseAlgorithm ?? JwsAlgorithm.ES256;
        return Jwt.Sign(keys.For(algorithm), "JWT", claims);
    }
}
