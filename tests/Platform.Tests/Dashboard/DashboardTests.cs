using Microsoft.Playwright;
using Platform.Testing;
using Platform.Tests.Browser;
using Platform.Tests.Topology;

namespace Platform.Tests.Dashboard;

/// <summary>Aspire's own dashboard, fed by the engine, as a developer uses it.</summary>
public sealed class DashboardTests(DashboardTests.WithDashboard topology, Chromium chromium) : IClassFixture<DashboardTests.WithDashboard>
{
    private static readonly string[] Resources = ["cache", "kafka", "idp", "contacts-api", "spa", "bff", "caep"];

    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    // The dashboard writes "Running (Unhealthy)" where a check fails.
    [Fact(Timeout = 120_000)]
    public async Task Every_resource_is_there_and_healthy()
    {
        var page = await OpenAsync();

        foreach (var resource in Resources)
        {
            await Row(page, resource).First.GetByText("Running", new() { Exact = true }).WaitForAsync();
        }

        Assert.Equal(2, await Row(page, "bff").CountAsync());
    }

    [Fact(Timeout = 120_000)]
    public async Task A_sign_in_and_a_revocation_are_one_trace_each_across_the_services()
    {
        var page = await OpenAsync();
        await using var portal = await PortalPage.OpenAsync(chromium, topology.Running);
        await portal.SignInAsync(User.Ada);
        await portal.IsLiveAsync();
        await portal.IsSignedOutByRevocationAsync(topology.Running, within: null, _cancelled);

        var signIn = await TraceAsync("GET /auth/login", "POST /par", "login", "sign-in callback", "POST /token");
        Assert.Superset(new HashSet<string> { "bff", "idp" }, signIn.Services.ToHashSet());

        var revocation = await TraceAsync("POST /admin/revocations", "send caep.events", "process caep.events", "sessions ended");
        Assert.Superset(new HashSet<string> { "idp", "caep", "bff" }, revocation.Services.ToHashSet());

        await page.GotoAsync($"{topology.Telemetry.Address}/traces/detail/{revocation.Id}");
        await page.GetByText("MSG kafka caep.events").First.WaitForAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task T27_No_span_of_a_sign_in_holds_a_secret_of_it()
    {
        Assert.SkipUnless(topology.Telemetry.IsThere, "Aspire's dashboard is not installed (./platform brings it).");
        using var person = new HttpUserAgent(topology.Running);
        using var page = await person.SignInAsync(User.Grace.Username, User.Grace.Password, _cancelled);
        Assert.NotNull(await person.SessionAsync(_cancelled));
        await TraceAsync("GET /auth/login", "POST /par", "login", "sign-in callback", "POST /token");

        topology.Running.Secrets.EnsureAbsent([await topology.Telemetry.SpansAsync(_cancelled)], "the spans");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_restart_of_the_consumer_from_the_dashboard_works()
    {
        var page = await OpenAsync();
        var before = await topology.Running.ProcessIdOfAsync("caep", _cancelled);

        await Row(page, "caep").First.GetByTitle("Restart the process.").ClickAsync();

        await Eventually.BecomesTrueAsync(
            async () => await topology.Running.ProcessIdOfAsync("caep", _cancelled) != before, _cancelled);
        await topology.Running.App.ResourceNotifications.WaitForResourceHealthyAsync("caep", _cancelled);
    }

    private async Task<DashboardTelemetry.Trace> TraceAsync(params string[] spans)
    {
        DashboardTelemetry.Trace? trace = null;
        await Eventually.BecomesTrueAsync(
            async () => (trace = await topology.Telemetry.FindTraceAsync(spans, _cancelled)) is not null, _cancelled);
        return trace!;
    }

    private async Task<IPage> OpenAsync()
    {
        Assert.SkipUnless(topology.Telemetry.IsThere, "Aspire's dashboard is not installed (./platform brings it).");
        var profile = await chromium.NewProfileAsync(new() { ViewportSize = new() { Width = 1600, Height = 1000 } });
        var page = await profile.NewPageAsync();
        await page.GotoAsync(topology.Telemetry.LoginUrl);
        await Row(page, "cache").First.WaitForAsync();
        return page;
    }

    private static ILocator Row(IPage page, string resource) =>
        page.Locator("fluent-data-grid-row, tr").Filter(new() { Has = page.GetByText(resource, new() { Exact = false }) });

    /// <summary>A topology of its own, with the dashboard.</summary>
    public sealed class WithDashboard : IAsyncLifetime
    {
        private RunningTopology? _running;
        private DashboardTelemetry? _telemetry;

        public RunningTopology Running => _running!;

        internal DashboardTelemetry Telemetry => _telemetry!;

        public async ValueTask InitializeAsync()
        {
            _running = await RunningTopology.StartAsync(dashboard: true);
            _telemetry = new DashboardTelemetry(_running);
        }

        public async ValueTask DisposeAsync()
        {
            _telemetry?.Dispose();
            if (_running is not null)
            {
                await _running.DisposeAsync();
            }
        }
    }
}
