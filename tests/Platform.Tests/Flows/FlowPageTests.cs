using System.Text.Json;
using Microsoft.Playwright;
using Platform.Tests.Browser;
using Platform.Tests.Dashboard;
using Platform.Tests.Topology;

namespace Platform.Tests.Flows;

/// <summary>The pages of a real sign-in, refusal and revocation, on a wide screen and on a phone's.</summary>
[Collection(typeof(WithDashboard))]
public sealed class FlowPageTests(DashboardTopology topology, Chromium chromium)
{
    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task The_page_shows_a_flow_as_it_happens_and_an_arrow_opens_its_step()
    {
        using var flows = await topology.OpenFlowsAsync();
        await using var profile = await chromium.NewProfileAsync(Wide);
        var page = await profile.NewPageAsync();
        await page.GotoAsync(new Uri(flows.Address, "/?kind=SignIn").AbsoluteUri);
        using var person = new HttpUserAgent(topology.Running);
        using var portal = await person.SignInAsync(User.Ada.Username, User.Ada.Password, _cancelled);

        await page.GetByRole(AriaRole.Link, new() { Name = "Sign-in", Exact = true }).Last.WaitForAsync();
        var signIn = await flows.FindAsync("signIn", FlowTests.SignIn, _cancelled);
        await page.GotoAsync(new Uri(flows.Address, $"/traces/{Id(signIn)}").AbsoluteUri);
        Assert.EndsWith($"/flows/{Id(signIn)}", page.Url, StringComparison.Ordinal);
        await page.Locator("svg a[href='#step-2']").First.ClickAsync();

        await page.Locator("#step-2").GetByText("client authentication, private_key_jwt").WaitForAsync();
        Assert.Equal("[redacted]", await page.Locator("#step-2 dt:text-is('state') + dd").TextContentAsync());
        await page.KeepAsync("flows-step", whole: true);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_sign_in_a_refusal_and_a_revocation_can_be_read_on_a_wide_screen_and_on_a_narrow_one()
    {
        using var flows = await topology.OpenFlowsAsync();
        var pages = await HappenAsync(flows);

        foreach (var (screen, size) in new[] { ("wide", Wide), ("narrow", Narrow) })
        {
            await using var profile = await chromium.NewProfileAsync(size);
            var page = await profile.NewPageAsync();
            foreach (var (name, path, text) in pages)
            {
                await page.GotoAsync(new Uri(flows.Address, path).AbsoluteUri);
                await page.GetByText(text).First.WaitForAsync();
                await page.KeepAsync($"flows-{name}-{screen}", whole: true);

                // A diagram scrolls in its frame, the page only up and down.
                Assert.Equal(size.ViewportSize!.Width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            }
        }
    }

    /// <summary>The pages to look at: a name, a path, and what must stand there.</summary>
    private async Task<IReadOnlyList<(string Name, string Path, string Text)>> HappenAsync(FlowsClient flows)
    {
        using var person = new HttpUserAgent(topology.Running);
        using var portal = await person.SignInAsync(User.Grace.Username, User.Grace.Password, _cancelled);
        using var refused = await person.GetAsync(
            $"{topology.Running.Issuer}/authorize?client_id=bff-server&response_type=code&redirect_uri=https://evil.example/", _cancelled);
        var subject = (await person.SessionAsync(_cancelled))!.Value.GetProperty("subject").GetString()!;
        await topology.Running.Administrator.RevokeUserAsync(subject, _cancelled);

        var revocation = await flows.FindAsync("revocation", FlowTests.Revocation, _cancelled, "Redis → BFF sessions.ended");
        var refusal = await flows.FindRefusedRequestAsync(_cancelled);
        var signIn = await flows.FindAsync("signIn", FlowTests.SignIn, _cancelled);
        return
        [
            ("list", "/", "Revocation"),
            ("sign-in", $"/flows/{Id(signIn)}", "POST /par"),
            ("refusal", $"/flows/{Id(refusal)}", "clients.yaml"),
            ("revocation", $"/flows/{Id(revocation)}", "caep.events"),
        ];
    }

    private static string Id(JsonElement flow) => flow.GetProperty("id").GetString()!;

    private static BrowserNewContextOptions Wide => new() { ViewportSize = new() { Width = 1400, Height = 1000 } };

    private static BrowserNewContextOptions Narrow => new() { ViewportSize = new() { Width = 360, Height = 780 } };
}
