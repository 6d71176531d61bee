using System.Net;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Revocation;

public sealed class RevocationEventTests(TokenServer server) : IClassFixture<TokenServer>
{
    [Fact]
    public async Task T59_The_operators_own_client_ends_the_session_and_all_are_told()
    {
        using var app = new App(server);
        var tokens = await app.SignInAsync();
        var sid = Portal.Claims(tokens.IdToken()).GetProperty("sid").GetString();

        using var response = await app.PostAsync("/revoke", new() { ["token"] = tokens.RefreshToken() });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var entry = await server.Topic.Entries.ReadAsync(TestContext.Current.CancellationToken);
        var claims = Portal.Claims(entry.Token);
        Assert.Equal(sid, claims.GetProperty("sub_id").GetProperty("session").GetProperty("id").GetString());
        var happened = claims.GetProperty("events").EnumerateObject().Single();
        Assert.EndsWith("/session-revoked", happened.Name, StringComparison.Ordinal);
        Assert.Equal("user", happened.Value.GetProperty("initiating_entity").GetString());
        using var authorize = await app.Portal.Browser.GetAsync(
            Portal.PlainAddress(("client_id", "app"), ("redirect_uri", app.RedirectUri), ("scope", "openid"), ("prompt", "none")));
        Assert.Equal("login_required", Portal.Answer(authorize, app.RedirectUri)["error"]);
    }

    [Fact]
    public async Task T59_Another_client_ends_its_grant_alone()
    {
        using var app = new App(server, "other-app");
        var tokens = await app.SignInAsync("openid offline_access");

        using var response = await app.PostAsync("/revoke", new() { ["token"] = tokens.RefreshToken() });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var authorize = await app.Portal.Browser.GetAsync(
            Portal.PlainAddress(("client_id", "app"), ("redirect_uri", "https://app.test/callback"), ("scope", "openid"), ("prompt", "none")));
        Assert.True(Portal.Answer(authorize, "https://app.test/callback").ContainsKey("code"));
    }
}
