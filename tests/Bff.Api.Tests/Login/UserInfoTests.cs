using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Login;

/// <summary>Providers that keep names and addresses for their userinfo endpoint.</summary>
public sealed class UserInfoTests : IClassFixture<FullPortal>
{
    private readonly Portal _portal;

    public UserInfoTests(FullPortal portal)
    {
        _portal = portal.Fresh();
        _portal.Provider.IdToken = claims =>
        {
            claims.Remove("name");
            claims.Remove("email");
        };
    }

    [Fact]
    public async Task O10_asks_the_provider_for_the_name_that_the_ID_token_lacks()
    {
        _portal.Provider.UserInfo = Claims(_portal.Provider.Subject);

        var session = await SignedInAsync();

        Assert.Equal("Ada King", session.GetProperty("name").GetString());
        Assert.Equal("king@example.com", session.GetProperty("email").GetString());
        Assert.Equal("DPoP", Assert.Single(_portal.Provider.UserInfoRequests));
    }

    [Fact]
    public async Task O10_discards_what_is_said_of_somebody_else()
    {
        _portal.Provider.UserInfo = Claims("somebody else");

        Assert.Equal(JsonValueKind.Null, (await SignedInAsync()).GetProperty("name").ValueKind);
        Assert.Contains(_portal.Logs.Lines, line => line.Contains("its sub is not that of the ID token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Signs_in_without_a_name_when_the_provider_tells_none()
    {
        var session = await SignedInAsync();

        Assert.Equal(_portal.Provider.Subject, session.GetProperty("subject").GetString());
        Assert.Single(_portal.Provider.UserInfoRequests);
    }

    [Fact]
    public async Task Does_not_ask_for_what_the_ID_token_has()
    {
        _portal.Provider.IdToken = _ => { };

        Assert.Equal("Ada Lovelace", (await SignedInAsync()).GetProperty("name").GetString());
        Assert.Empty(_portal.Provider.UserInfoRequests);
    }

    private static JsonObject Claims(string subject) =>
        new() { ["sub"] = subject, ["name"] = "Ada King", ["email"] = "king@example.com" };

    private async Task<JsonElement> SignedInAsync()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        using var response = await browser.CallAsync("/auth/session");
        return await Browser.JsonAsync(response);
    }
}
