using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Grants;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Signals;

/// <summary>With those events sent to Kafka that otherwise only streams get.</summary>
public sealed class SessionEventsTests(SessionEventsTests.Server server) : IClassFixture<SessionEventsTests.Server>
{
    private const string Password = "urn:platform:acr:password";
    private const string MultiFactor = "urn:platform:acr:mfa";

    [Fact]
    public async Task A_sign_in_establishes_a_session_and_the_next_client_is_presented_it()
    {
        using var app = new App(server);
        var sid = Portal.Claims((await app.SignInAsync()).IdToken()).Text("sid")!;
        var established = (await server.Topic.NextAsync("session-established", sid)).Event().Value;
        Assert.Equal("user", established.Text("initiating_entity"));
        Assert.Equal(Password, established.Text("acr"));
        Assert.Equal("""["pwd"]""", established.GetProperty("amr").GetRawText());

        using var again = await app.Portal.Browser.GetAsync(Portal.PlainAddress(
            ("client_id", "app"), ("redirect_uri", app.RedirectUri), ("scope", "openid"), ("prompt", "none")));

        Assert.True(Portal.Answer(again, app.RedirectUri).ContainsKey("code"));
        var presented = (await server.Topic.NextAsync("session-presented", sid)).Event().Value;
        Assert.Equal("Signed in to app.", presented.GetProperty("reason_admin").Text("en"));
        Assert.False(server.Topic.Entries.TryRead(out _));
    }

    [Fact]
    public async Task A_session_that_grows_stronger_or_weaker_says_so()
    {
        var sessions = server.Services.GetRequiredService<SsoSessionStore>();
        var (first, session) = await sessions.StartAsync(new Authentication("ada", ["pwd"], Password), null);
        var (second, _) = await sessions.StartAsync(new Authentication("ada", ["pwd", "otp", "mfa"], MultiFactor), first);
        var (third, _) = await sessions.StartAsync(new Authentication("ada", ["pwd", "swk", "mfa"], MultiFactor), second);
        await sessions.StartAsync(new Authentication("ada", ["pwd"], Password), third);

        var stronger = await NextAsync(session.SessionId);
        Assert.Equal("urn:platform:acr", stronger.Text("namespace"));
        Assert.Equal((Password, MultiFactor, "increase"),
            (stronger.Text("previous_level"), stronger.Text("current_level"), stronger.Text("change_direction")));
        var weaker = await NextAsync(session.SessionId);
        Assert.Equal((MultiFactor, Password, "decrease"),
            (weaker.Text("previous_level"), weaker.Text("current_level"), weaker.Text("change_direction")));
    }

    private async Task<JsonElement> NextAsync(string sid) =>
        (await server.Topic.NextAsync("assurance-level-change", sid)).Event().Value;

    public sealed class Server : TokenServer
    {
        public Server()
        {
            Settings["Signals:SessionEstablished"] = "All";
            Settings["Signals:SessionPresented"] = "All";
        }
    }
}
