using Microsoft.Extensions.Options;
using Platform.Testing;

namespace Platform.Flows.Tests.Telemetry;

public sealed class DashboardFeedTests
{
    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_dashboard_has_and_what_comes_later_is_read()
    {
        await using var dashboard = new RecordedDashboard();
        await dashboard.StartAsync();
        dashboard.TellRecording("sign-in");
        await using var flows = await FollowAsync(dashboard.Address);
        await Eventually.BecomesTrueAsync(() => flows.Traces.All().Count == 1, _cancelled);

        dashboard.Tell("no JSON at all");
        dashboard.TellRecording("refusal");

        await Eventually.BecomesTrueAsync(() => flows.Traces.All().Count == 2, _cancelled);
        Assert.Null(flows.Feed.Problem);
    }

    [Fact]
    public async Task A_dashboard_that_goes_away_and_comes_back_is_followed_again_and_nothing_is_forgotten()
    {
        await using var dashboard = new RecordedDashboard();
        await dashboard.StartAsync();
        dashboard.TellRecording("sign-in");
        await using var flows = await FollowAsync(dashboard.Address);
        await Eventually.BecomesTrueAsync(() => flows.Traces.All().Count == 1, _cancelled);

        var address = dashboard.Address;
        await dashboard.StopAsync();
        await Eventually.BecomesTrueAsync(() => flows.Feed.Problem is not null, _cancelled);
        Assert.Contains("No traces come in at present", await flows.Http.GetStringAsync("/", _cancelled), StringComparison.Ordinal);
        await dashboard.StartAsync(address);
        dashboard.TellRecording("revocation");

        await Eventually.BecomesTrueAsync(() => flows.Traces.All().Count == 2, _cancelled);
        await Eventually.BecomesTrueAsync(() => flows.Feed.Problem is null, _cancelled);
    }

    [Fact]
    public async Task A_wrong_key_is_named()
    {
        await using var dashboard = new RecordedDashboard();
        await dashboard.StartAsync();
        await using var flows = await FlowsServer.StartAsync(("Dashboard:Url", dashboard.Address), ("Dashboard:ApiKey", "wrong"));

        await Eventually.BecomesTrueAsync(() => flows.Feed.Problem?.Contains("AppHost:DashboardApiKey", StringComparison.Ordinal) is true, _cancelled);
    }

    [Fact]
    public async Task Without_a_dashboard_it_runs_and_says_so()
    {
        await using var flows = await FlowsServer.StartAsync();

        await Eventually.BecomesTrueAsync(() => flows.Feed.Problem?.Contains("there is no dashboard", StringComparison.Ordinal) is true, _cancelled);
        using var health = await flows.Http.GetAsync("/health", _cancelled);
        Assert.True(health.IsSuccessStatusCode);
    }

    [Fact]
    public async Task An_address_that_is_none_stops_the_start_with_the_setting_and_its_fix()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => FlowsServer.StartAsync(("Dashboard:Url", "localhost")));

        Assert.Contains("Dashboard:Url is 'localhost'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("http://localhost:17000", refused.Message, StringComparison.Ordinal);
    }

    private static Task<FlowsServer> FollowAsync(string address) =>
        FlowsServer.StartAsync(("Dashboard:Url", address), ("Dashboard:ApiKey", RecordedDashboard.Key));
}
