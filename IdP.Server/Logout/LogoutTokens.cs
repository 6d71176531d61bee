using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Platform.Tokens.Jose;

namespace Platform.IdP.Logout;

/// <summary>Makes logout tokens (OpenID Connect Back-Channel Logout 1.0 section 2.4).</summary>
internal sealed class LogoutTokens(
    SigningKeys keys, SubjectIdentifiers subjects, IOptions<IdpOptions> options, TimeProvider clock)
{
    private const string Type = "logout+jwt";
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    // Section 2.4 recommends two minutes at the most.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    /// <summary>Without a nonce, so that nobody takes it for an ID token.</summary>
    public string Create(Client client, LogoutNotification notification)
    {
        var now = clock.GetUtcNow();
        var id = Handle.New();

        // Clients get no trace context of ours: what both know is this.
        ProtocolSpan.Join("logout_token", id);
        var claims = new JsonObject
        {
            ["iss"] = options.Value.Issuer,
            ["aud"] = client.Id,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Lifetime).ToUnixTimeSeconds(),
            ["jti"] = id,
            ["events"] = new JsonObject { [Event] = new JsonObject() },
            ["sid"] = notification.SessionId,
        };
        if (notification.Subject is { } subject)
        {
            claims["sub"] = subjects.For(client, subject);
        }

        return Jwt.Sign(keys.For(client.IdTokenAlgorithm), Type, claims);
    }
}
