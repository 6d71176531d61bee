using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Platform.Tokens.Jose;

namespace Platform.Bff.Tests.Fixture;

internal sealed partial class TestProvider
{
    /// <summary>What the revocation endpoint answers (RFC 7009).</summary>
    public int RevocationStatus { get; set; }

    /// <summary>A logout token of the session and person who signed in last (OpenID Connect Back-Channel Logout 1.0).</summary>
    public string SignLogoutToken(Action<JsonObject>? change = null, string type = "logout+jwt", SigningKey? key = null)
    {
        var now = _clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = ClientId,
            ["iat"] = now,
            ["exp"] = now + 120,
            ["jti"] = Guid.NewGuid().ToString(),
            ["sub"] = Subject,
            ["sid"] = SessionId,
            ["events"] = new JsonObject { ["http://schemas.openid.net/event/backchannel-logout"] = new JsonObject() },
        };
        change?.Invoke(claims);
        var token = Jwt.Sign(key ?? _key, type, claims);
        Issued.Enqueue(token);
        return token;
    }

    private async Task<IResult> Revoke(HttpRequest request)
    {
        var form = await ReadAsync(request);
        if (!await IsClientAsync(request, form) || RevocationStatus != StatusCodes.Status200OK)
        {
            return Error(RevocationStatus, "server_error");
        }

        _refreshTokens.TryRemove(form["token"], out _);
        return Results.Ok();
    }
}
