using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Signals;

/// <summary>What a session-revoked that an administrator raises ends here, by whichever name she gives.</summary>
public sealed class RaisedRevocationTests(TokenServer server) : IClassFixture<TokenServer>
{
    private const string Ada = """{"format":"iss_sub","iss":"https://idp.test","sub":"5f1c3a0e-7b42-4d0b-9a51-2f6d8c9e4b10"}""";
    private const string ByEmail = """{"format":"email","email":"Ada@example.com"}""";
    private const string ByPhone = """{"format":"phone_number","phone_number":"+44 20 7946 0000"}""";
    private const string Unknown = """{"format":"email","email":"nobody@example.com"}""";
    private const string Phone = """{"format":"opaque","id":"her phone"}""";

    [Theory]
    [InlineData(Ada)]
    [InlineData(ByEmail)]
    [InlineData(ByPhone)]
    [InlineData($$$"""{"format":"complex","user":{{{ByEmail}}}}""")]
    [InlineData($$$"""{"format":"aliases","identifiers":[{{{Unknown}}},{{{ByEmail}}}]}""")]
    public async Task All_sessions_and_refresh_tokens_of_whom_the_subject_means(string subject)
    {
        using var app = new App(server);
        var tokens = await app.SignInAsync();

        var told = await RevokeAsync(app, subject);

        Assert.Equal("login_required", await OpenAsync(app));
        await App.RefusesAsync(await app.RefreshAsync(tokens.RefreshToken()), "invalid_grant");

        // Of what says no more than whom of ours it means, the platform's own consumer gets the form that it knows best.
        Assert.Equal(subject is Ada ? $$"""{"format":"complex","user":{{Ada}}}""" : subject, told.GetProperty("sub_id").GetRawText());
    }

    [Fact]
    public async Task Of_a_session_that_one()
    {
        using var app = new App(server);
        using var elsewhere = new App(server);
        var tokens = await app.SignInAsync();
        var untouched = await elsewhere.SignInAsync();
        var sid = Portal.Claims(tokens.IdToken()).Text("sid");

        await RevokeAsync(app,
            $$$"""{"format":"complex","user":{{{ByEmail}}},"session":{"format":"opaque","id":"{{{sid}}}"},"device":{{{Phone}}}}""");

        Assert.Equal("login_required", await OpenAsync(app));
        await App.RefusesAsync(await app.RefreshAsync(tokens.RefreshToken()), "invalid_grant");
        await App.OkAsync(await elsewhere.RefreshAsync(untouched.RefreshToken()));
    }

    // What it is narrowed down to, only others know: what is at stake is not all that she has.
    [Theory]
    [InlineData($$$"""{"format":"complex","user":{{{ByEmail}}},"device":{{{Phone}}}}""")]
    [InlineData($$$"""{"format":"complex","user":{{{Ada}}},"tenant":{"format":"opaque","id":"t"}}""")]
    [InlineData($$$"""{"format":"complex","user":{{{Ada}}},"session":{"format":"jwt_id","iss":"https://elsewhere.test","jti":"one"}}""")]
    [InlineData(Unknown)]
    public async Task Nothing_of_what_is_not_hers_as_a_whole(string subject)
    {
        using var app = new App(server);
        var tokens = await app.SignInAsync();

        var told = await RevokeAsync(app, subject);

        Assert.Equal("", await OpenAsync(app));
        await App.OkAsync(await app.RefreshAsync(tokens.RefreshToken()));
        Assert.Equal(subject, told.GetProperty("sub_id").GetRawText());
    }

    // The error of a sign-in without the person.
    private static async Task<string> OpenAsync(App app)
    {
        using var silent = await app.Portal.Browser.GetAsync(
            Portal.PlainAddress(("client_id", "app"), ("redirect_uri", app.RedirectUri), ("scope", "openid"), ("prompt", "none")),
            TestContext.Current.CancellationToken);
        return Portal.Answer(silent, app.RedirectUri).GetValueOrDefault("error", "");
    }

    // What the world is told of it.
    private async Task<JsonElement> RevokeAsync(App app, string subject)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/events")
        {
            Content = new StringContent($$"""{"type":"session-revoked","subject":{{subject}}}""", null, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await app.Portal.GetAdminTokenAsync("signals.raise"));
        using var response = await app.Portal.Backchannel.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var jti = (await Portal.Json(response)).Text("jti");
        while (true)
        {
            var told = await server.Topic.NextAsync("session-revoked", "");
            if (told.Text("jti") == jti)
            {
                return told;
            }
        }
    }
}
