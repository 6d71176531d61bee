using System.Text.Json;
using Platform.Tests.Browser;
using Platform.Tests.Dashboard;
using Platform.Tests.Topology;

namespace Platform.Tests.Flows;

/// <summary>What a developer sees of a real sign-in, a refusal, a revocation and a logout.</summary>
[Collection(typeof(WithDashboard))]
public sealed class FlowTests(DashboardTopology topology, Chromium chromium)
{
    internal static readonly string[] SignIn =
    [
        "Browser → BFF GET /auth/login", "BFF → IdP POST /par", "Browser → IdP GET /authorize", "Browser → IdP GET /login",
        "Browser → IdP POST /login", "Browser → BFF GET /auth/callback", "BFF → IdP POST /token", "BFF → Redis script create",
    ];

    internal static readonly string[] Revocation =
    [
        "Client → IdP POST /admin/revocations", "IdP → Kafka caep.events", "Kafka → Consumer caep.events", "Consumer → Redis script revoke",
    ];

    private static readonly string[] Refresh =
    [
        "Browser → BFF GET /api/contacts", "BFF → IdP POST /token", "BFF → Redis script update",
    ];

    private static readonly string[] Logout =
    [
        "Browser → BFF POST /auth/logout", "BFF → Redis script end", "BFF → IdP POST /revoke", "IdP → BFF POST /auth/backchannel-logout",
        "Browser → IdP GET /end_session",
    ];

    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task A_sign_in_and_a_revocation_are_drawn_from_browser_to_Redis()
    {
        using var flows = await topology.OpenFlowsAsync();
        await using (var portal = await PortalPage.OpenAsync(chromium, topology.Running))
        {
            await portal.SignInAsync(User.Ada);
            await portal.IsLiveAsync();
            await portal.IsSignedOutByRevocationAsync(topology.Running, within: null, _cancelled);
        }

        var signIn = await flows.FindAsync("signIn", SignIn, _cancelled);
        Assert.Equal("done", FlowsClient.Outcome(signIn));
        Assert.Equal(["Browser", "BFF", "IdP", "Redis"], Participants(signIn).Except(["Kafka", "Consumer"]));
        Assert.Contains(Checks(signIn), check => check == "PKCE with S256");
        Assert.Contains(Checks(signIn), check => check.StartsWith("ID token:", StringComparison.Ordinal));

        var revocation = await flows.FindAsync("revocation", Revocation, _cancelled, "Redis → BFF sessions.ended");
        Assert.Equal(["Client", "BFF", "IdP", "Kafka", "Consumer", "Redis"], Participants(revocation));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_wrong_redirect_uri_is_a_refusal_with_its_cause_and_its_fix()
    {
        using var flows = await topology.OpenFlowsAsync();
        using var person = new HttpUserAgent(topology.Running);
        using var answer = await person.GetAsync(
            $"{topology.Running.Issuer}/authorize?client_id=bff-server&response_type=code&redirect_uri=https://evil.example/&state=not-a-secret-of-this-run", _cancelled);

        var refused = await flows.FindRefusedRequestAsync(_cancelled);
        var refusal = refused.GetProperty("refusal");
        Assert.Equal("invalid_request", refusal.GetProperty("error").GetString());
        Assert.Contains("redirect_uris", refusal.GetProperty("advice").GetProperty("cause").GetString(), StringComparison.Ordinal);
        Assert.Contains("clients.yaml", refusal.GetProperty("advice").GetProperty("fix").GetString(), StringComparison.Ordinal);
        Assert.Contains("redirect_uri=https://evil.example/", await flows.GetAsync($"/flows/{Id(refused)}.txt", _cancelled), StringComparison.Ordinal);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_token_refresh_is_drawn_from_the_call_that_needed_it_with_what_the_provider_checked()
    {
        using var flows = await topology.OpenFlowsAsync();
        using var person = new HttpUserAgent(topology.Running);
        using var page = await person.SignInAsync(User.Ada.Username, User.Ada.Password, _cancelled);
        using var contacts = await person.CallAsync(HttpMethod.Get, "/api/contacts", _cancelled);
        contacts.EnsureSuccessStatusCode();

        var refresh = await flows.FindAsync("refresh", Refresh, _cancelled);

        Assert.Equal("done", FlowsClient.Outcome(refresh));
        var asked = FlowsClient.Step(refresh, "BFF → IdP POST /token");
        Assert.Equal("refresh_token", asked.Request("grant_type"));
        Assert.Equal("[redacted]", asked.Request("refresh_token"));
        Assert.Equal("[redacted]", asked.Response("access_token"));
        Assert.Contains("client authentication, private_key_jwt", asked.Checks);
        Assert.Contains("refresh token is in force, of this client and its key", asked.Checks);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_logout_is_one_flow_with_the_page_and_the_back_channel_of_the_provider()
    {
        using var flows = await topology.OpenFlowsAsync();
        await using var portal = await PortalPage.OpenAsync(chromium, topology.Running);
        await portal.SignInAsync(User.Ada);
        await portal.IsLiveAsync();

        await portal.SignOutAsync();

        var logout = await flows.FindAsync("logout", Logout, _cancelled);
        Assert.Equal("done", FlowsClient.Outcome(logout));
        var page = FlowsClient.Step(logout, "Browser → IdP GET /end_session");
        Assert.Equal("[redacted]", page.Request("id_token_hint"));
        Assert.Contains("id_token_hint is an ID token of this provider", page.Checks);
        Assert.Contains("post_logout_redirect_uri is registered", page.Checks);
        Assert.Contains(
            "logout_token: signature, iss, aud, events, jti", FlowsClient.Step(logout, "IdP → BFF POST /auth/backchannel-logout").Checks);
    }

    [Fact(Timeout = 180_000)]
    public async Task T27_Nothing_that_flows_serves_or_the_dashboard_keeps_holds_a_secret()
    {
        using var flows = await topology.OpenFlowsAsync();
        using var person = new HttpUserAgent(topology.Running);
        using var page = await person.SignInAsync(User.Grace.Username, User.Grace.Password, _cancelled);
        var session = await person.SessionAsync(_cancelled);
        using var contacts = await person.CallAsync(HttpMethod.Get, "/api/contacts", _cancelled);
        await topology.Running.Administrator.RevokeUserAsync(session!.Value.GetProperty("subject").GetString()!, _cancelled);
        await flows.FindAsync("revocation", Revocation, _cancelled);
        await flows.FindAsync("signIn", SignIn, _cancelled);

        var served = await flows.EverythingAsync(_cancelled);

        Assert.Contains(served, text => text.Contains("code_verifier", StringComparison.Ordinal));
        topology.Running.Secrets.EnsureAbsent(served, "what flows serves");
        topology.Running.Secrets.EnsureAbsent([await topology.Telemetry.SpansAsync(_cancelled)], "the spans");
    }

    private static string Id(JsonElement flow) => flow.GetProperty("id").GetString()!;

    private static IEnumerable<string> Participants(JsonElement flow) => flow.GetProperty("participants").EnumerateArray().Select(name => name.GetString()!);

    private static IEnumerable<string> Checks(JsonElement flow) => flow.GetProperty("steps").EnumerateArray()
        .SelectMany(step => step.GetProperty("checks").EnumerateArray()).Select(check => check.GetProperty("name").GetString()!);
}
