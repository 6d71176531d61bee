using Microsoft.Playwright;
using Platform.Testing;
using Platform.Tests.Browser;
using Platform.Tests.Topology;

namespace Platform.Tests.Dashboard;

/// <summary>Aspire's own dashboard, fed by the engine, as a developer uses it.</summary>
[Collection(typeof(WithDashboard))]
public sealed class DashboardTests(DashboardTopology topology, Chromium chromium)
{
    private static readonly string[] Resources = ["cache", "kafka", "idp", "contacts-api", "spa", "bff", "caep"];

    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    // The dashboard writes "Running (Unhealthy)" where a check fails.
    [Fact(Timeout = 120_000)]
    public async Task Every_resource_is_there_and_healthy()
    {
        await using var dashboard = await topology.OpenAsync(chromium);

        foreach (var resource in Resources)
        {
            await dashboard.Row(resource).First.GetByText("Running", new() { Exact = true }).WaitForAsync();
        }

        Assert.Equal(2, await dashboard.Row("bff").CountAsync());
        await dashboard.Page.KeepAsync("dashboard-resources");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_sign_in_and_a_revocation_are_one_trace_each_across_the_services()
    {
        await using var dashboard = await topology.OpenAsync(chromium);
        await using var portal = await PortalPage.OpenAsync(chromium, topology.Running);
        await portal.SignInAsync(User.Ada);
        await portal.IsLiveAsync();
        await portal.IsSignedOutByRevocationAsync(topology.Running, within: null, _cancelled);

        var signIn = await TraceAsync("GET /auth/login", "POST /par", "login", "sign-in callback", "POST /token");
        Assert.Superset(new HashSet<string> { "bff", "idp" }, signIn.Services.ToHashSet());

        var revocation = await TraceAsync("POST /admin/revocations", "send caep.events", "process caep.events", "sessions ended");
        Assert.Superset(new HashSet<string> { "idp", "caep", "bff" }, revocation.Services.ToHashSet());

        await dashboard.GoToAsync($"/traces/detail/{signIn.Id}");
        await dashboard.Page.GetByText("POST /par").First.WaitForAsync();
        await dashboard.Page.KeepAsync("dashboard-trace-sign-in");
        await dashboard.GoToAsync($"/traces/detail/{revocation.Id}");
        await dashboard.Page.GetByText("MSG kafka caep.events").First.WaitForAsync();
        await dashboard.Page.KeepAsync("dashboard-trace-revocation");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_restart_of_the_consumer_from_the_dashboard_works()
    {
        await using var dashboard = await topology.OpenAsync(chromium);
        var before = await topology.Running.ProcessIdOfAsync("caep", _cancelled);

        await dashboard.Row("caep").First.GetByTitle("Restart the process.").ClickAsync();

        await Eventually.BecomesTrueAsync(
            async () => await topology.Running.ProcessIdOfAsync("caep", _cancelled) != before, _cancelled);
        await topology.Running.App.ResourceNotifications.WaitForResourceHealthyAsync("caep", _cancelled);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_doctors_answer_is_shown_at_once_where_the_command_was_given()
    {
        await using var dashboard = await topology.OpenAsync(chromium);

        await dashboard.Row("bff").First.GetByTitle("Actions").ClickAsync();
        var doctor = dashboard.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Doctor" });
        await doctor.WaitForAsync();
        await dashboard.Page.KeepAsync("dashboard-commands");
        await doctor.ClickAsync();

        await dashboard.Page.GetByText("All is well").First.WaitForAsync();
        await dashboard.Page.GetByText("redirect-uris").First.WaitForAsync();
        await dashboard.Page.KeepAsync("dashboard-doctor");
        await dashboard.Page.GetByLabel("Close").First.ClickAsync();
        await dashboard.Page.GetByText("\"Doctor\" succeeded").First.WaitForAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task The_console_output_of_a_service_is_there_while_it_runs()
    {
        await using var dashboard = await topology.OpenAsync(chromium);
        using var person = new HttpUserAgent(topology.Running);
        using var page = await person.SignInAsync(User.Ada.Username, "wrong", _cancelled);

        await dashboard.GoToAsync("/consolelogs/resource/idp");

        await dashboard.Page.GetByText("by pwd failed: wrong").Last.WaitForAsync();
        await dashboard.Page.KeepAsync("dashboard-console");
    }

    private async Task<DashboardTelemetry.Trace> TraceAsync(params string[] spans)
    {
        DashboardTelemetry.Trace? trace = null;
        await Eventually.BecomesTrueAsync(
            async () => (trace = await topology.Telemetry.FindTraceAsync(spans, _cancelled)) is not null, _cancelled);
        return trace!;
    }
}
