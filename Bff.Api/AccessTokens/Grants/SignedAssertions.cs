using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Platform.Bff.Configuration;
using Platform.Bff.Keys;
using Platform.Sessions;
using Platform.Tokens.Jose;

namespace Platform.Bff.AccessTokens.Grants;

/// <summary>
/// Assertions of the BFF's own: it says who the person is, and the provider trusts the keys that it publishes
/// (RFC 7523 section 3).
/// </summary>
internal sealed class SignedAssertions(ClientKeys keys, IOptions<BffOptions> bff, TimeProvider clock)
{
    // Each is used at once, and once.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    public async ValueTask<string?> SignAsync(LiveSession session, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return Jwt.Sign((await keys.GetAsync(cancellationToken)).Signing, "JWT", new JsonObject
        {
            ["iss"] = bff.Value.Origin,
            ["sub"] = session.Record.Subject,

            // Of the session, so that a provider is never shown a person of another one.
            ["aud"] = session.Record.Issuer,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Lifetime).ToUnixTimeSeconds(),
            ["auth_time"] = session.Record.AuthenticatedAt.ToUnixTimeSeconds(),
            ["jti"] = Guid.NewGuid().ToString(),
        });
    }
}
