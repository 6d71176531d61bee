using System.Text.Json;
using Microsoft.Playwright;
using Platform.Tests.Browser;
using Platform.Tests.Dashboard;
using Platform.Tests.Topology;

namespace Platform.Tests.Flows;

/// <summary>What a developer sees of a real sign-in, a refusal, a revocation and a logout.</summary>
public sealed class FlowTests(DashboardTests.WithDashboard topology, Chromium chromium) : IClassFixture<DashboardTests.WithDashboard>
{
    private static readonly string[] SignIn =
    [
        "Browser → BFF GET /auth/login", "BFF → IdP POST /par", "Browser → IdP GET /authorize", "Browser → IdP GET /login",
        "Browser → IdP POST /login", "Browser → BFF GET /auth/callback", "BFF → IdP POST /token", "BFF → Redis script create",
    ];

    private static readonly string[] Revocation =
    [
        "Client → IdP POST /admin/revocations", "IdP → Kafka caep.events", "Kafka → Consumer caep.events", "Consumer → Redis script revoke",
    ];

    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task A_sign_in_and_a_revocation_are_drawn_from_browser_to_Redis()
    {
        using var flows = await OpenAsync();
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

        var revocation = await flows.FindAsync("revocation", Revocation, _cancelled);
        Assert.Contains("Redis → BFF sessions.ended", FlowsClient.Arrows(revocation));
        Assert.Equal(["Client", "BFF", "IdP", "Kafka", "Consumer", "Redis"], Participants(revocation));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_wrong_redirect_uri_is_a_refusal_with_its_cause_and_its_fix()
    {
        using var flows = await OpenAsync();
        using var person = new HttpUserAgent(topology.Running);
        using var answer = await person.GetAsync(
            $"{topology.Running.Issuer}/authorize?client_id=bff-server&response_type=code&redirect_uri=https://evil.example/&state=not-a-secret-of-this-run", _cancelled);

        var refused = await flows.FindAsync(flow => FlowsClient.Outcome(flow) == "refused" && FlowsClient.Kind(flow) == "signIn", _cancelled);
        Assert.Equal(["Browser → IdP GET /authorize"], FlowsClient.Arrows(refused));
        var refusal = refused.GetProperty("refusal");
        Assert.Equal("invalid_request", refusal.GetProperty("error").GetString());
        Assert.Contains("redirect_uris", refusal.GetProperty("advice").GetProperty("cause").GetString(), StringComparison.Ordinal);
        Assert.Contains("clients.yaml", refusal.GetProperty("advice").GetProperty("fix").GetString(), StringComparison.Ordinal);
        Assert.Contains("redirect_uri=https://evil.example/", await flows.GetAsync($"/flows/{Id(refused)}.txt", _cancelled), StringComparison.Ordinal);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_logout_is_one_flow_with_the_page_and_the_back_channel_of_the_provider()
    {
        using var flows = await OpenAsync();
        await using (var portal = await PortalPage.OpenAsync(chromium, topology.Running))
        {
            await portal.SignInAsync(User.Ada);
            await portal.IsLiveAsync();
            await portal.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).First.ClickAsync();
            string[] expected =
            [
                "Browser → BFF POST /auth/logout", "BFF → Redis script end", "BFF → IdP POST /revoke", "IdP → BFF POST /auth/backchannel-logout",
                "Browser → IdP GET /end_session",
            ];

            Assert.Equal("done", FlowsClient.Outcome(await flows.FindAsync("logout", expected, _cancelled)));
        }
    }

    [Fact(Timeout = 180_000)]
    public async Task T27_Nothing_that_flows_serves_or_the_dashboard_keeps_holds_a_secret()
    {
        using var flows = await OpenAsync();
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

    [Fact(Timeout = 180_000)]
    public async Task The_page_shows_a_flow_as_it_happens_and_an_arrow_opens_its_step()
    {
        using var flows = await OpenAsync();
        await using var profile = await chromium.NewProfileAsync(new() { ViewportSize = new() { Width = 1400, Height = 1000 } });
        var page = await profile.NewPageAsync();
        await page.GotoAsync(new Uri(flows.Address, "/?kind=SignIn").AbsoluteUri);
        using var person = new HttpUserAgent(topology.Running);
        using var portal = await person.SignInAsync(User.Ada.Username, User.Ada.Password, _cancelled);

        await page.GetByRole(AriaRole.Link, new() { Name = "Sign-in", Exact = true }).Last.WaitForAsync();
        var signIn = await flows.FindAsync("signIn", SignIn, _cancelled);
        await page.GotoAsync(new Uri(flows.Address, $"/traces/{Id(signIn)}").AbsoluteUri);
        Assert.EndsWith($"/flows/{Id(signIn)}", page.Url, StringComparison.Ordinal);
        await page.Locator("svg a[href='#step-2']").First.ClickAsync();

        await page.Locator("#step-2").GetByText("client authentication, private_key_jwt").WaitForAsync();
        Assert.Equal("[redacted]", await page.Locator("#step-2 dt:text-is('state') + dd").TextContentAsync());
        await page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "artifacts", "flow.png"), FullPage = true });
    }

    private async Task<FlowsClient> OpenAsync()
    {
        Assert.SkipUnless(topology.Telemetry.IsThere, "Aspire's dashboard is not installed (./platform brings it).");
        await topology.Running.App.ResourceNotifications.WaitForResourceHealthyAsync("flows", _cancelled);
        return new FlowsClient(topology.Running);
    }

    private static string Id(JsonElement flow) => flow.GetProperty("id").GetString()!;

    private static IEnumerable<string> Participants(JsonElement flow) => flow.GetProperty("participants").EnumerateArray().Select(name => name.GetString()!);

    private static IEnumerable<string> Checks(JsonElement flow) => flow.GetProperty("steps").EnumerateArray()
        .SelectMany(step => step.GetProperty("checks").EnumerateArray()).Select(check => check.GetProperty("name").GetString()!);
}
