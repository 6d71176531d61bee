using System.Text.Json;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Token;

public sealed class AuthorizationDetailsNarrowingTests(TokenServer server) : IClassFixture<TokenServer>
{
    private const string Booking = """{"type":"booking","actions":["see","book"]}""";
    private const string Visit = """{"type":"visit","locations":["urn:platform:contacts-api"]}""";
    private const string Less = """[{"type":"booking","actions":["see"]}]""";

    [Fact]
    public async Task A_token_request_may_ask_for_less_and_the_grant_stays_whole()
    {
        using var app = new App(server);
        var first = await SignInAsync(app, ("authorization_details", Less));

        using var refresh = await app.RefreshAsync(first.RefreshToken());

        AssertDetails(first, Less);
        AssertDetails(await App.OkAsync(refresh), $"[{Booking},{Visit}]");
    }

    [Fact]
    public async Task With_a_resource_the_token_has_the_details_for_that_one()
    {
        using var app = new App(server);
        var calendar = await SignInAsync(app, ("resource", TokenServer.Calendar));
        using var refresh = await app.RefreshAsync(calendar.RefreshToken(), ("audience", TokenServer.Contacts));
        var contacts = await App.OkAsync(refresh);

        AssertDetails(calendar, $"[{Booking}]");
        Assert.Equal(TokenServer.Calendar, Portal.Claims(calendar.AccessToken()).GetProperty("aud").GetString());
        AssertDetails(contacts, $"[{Visit}]");
        Assert.Equal("", contacts.GetProperty("scope").GetString());
    }

    [Fact]
    public async Task Without_a_resource_the_audience_is_that_of_scopes_and_details()
    {
        using var app = new App(server);

        Assert.Equal([IdpServer.Issuer, TokenServer.Calendar, TokenServer.Contacts],
            Portal.Claims((await SignInAsync(app)).AccessToken()).GetProperty("aud").EnumerateArray().Select(one => one.GetString()));
    }

    [Theory]
    [InlineData("""[{"type":"booking","actions":["see","book"],"more":true}]""")]
    [InlineData("""[{"type":"visit","locations":["https://elsewhere.test/"]}]""")]
    [InlineData("""[{"type":"no-such-type"}]""")]
    [InlineData("no JSON")]
    public async Task More_than_was_granted_is_refused(string details)
    {
        using var app = new App(server);
        var token = (await SignInAsync(app)).RefreshToken();

        using var refresh = await app.RefreshAsync(token, ("authorization_details", details));

        await App.RefusesAsync(refresh, "invalid_authorization_details");
    }

    [Theory]
    [InlineData("""[{"type":"no-such-type"}]""")]
    [InlineData("{}")]
    public async Task A_client_that_acts_for_itself_may_ask_for_what_it_is_registered_for(string details)
    {
        using var app = new App(server);
        using var good = await CredentialsAsync(app, Less);
        using var bad = await CredentialsAsync(app, details);

        AssertDetails(await App.OkAsync(good), Less);
        await App.RefusesAsync(bad, "invalid_authorization_details");
    }

    private static Task<HttpResponseMessage> CredentialsAsync(App app, string details) => app.PostAsync("/token", new()
    {
        ["grant_type"] = "client_credentials",
        ["authorization_details"] = details,
    });

    private static async Task<JsonElement> SignInAsync(App app, params (string Name, string? Value)[] changes)
    {
        var code = await app.GetCodeAsync("openid offline_access", ("authorization_details", $"[{Booking},{Visit}]"));
        using var response = await app.RedeemAsync(code, changes);
        return await App.OkAsync(response);
    }

    private static void AssertDetails(JsonElement tokens, string expected)
    {
        Assert.Equal(expected, tokens.GetProperty("authorization_details").GetRawText());
        Assert.Equal(expected, Portal.Claims(tokens.AccessToken()).GetProperty("authorization_details").GetRawText());
    }
}
