using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Tests.Browser;
using Platform.Tests.Flows;
using Platform.Tests.Topology;

namespace Platform.Tests.Dashboard;

/// <summary>A topology with its dashboard for what people look at: few services besides its own tests leave traces there.</summary>
public sealed class DashboardTopology : IAsyncLifetime
{
    private RunningTopology? _running;
    private DashboardTelemetry? _telemetry;

    public RunningTopology Running => _running ?? throw new InvalidOperationException("The topology has not started.");

    internal DashboardTelemetry Telemetry => _telemetry ?? throw new InvalidOperationException("The topology has not started.");

    public async ValueTask InitializeAsync()
    {
        _running = await RunningTopology.StartAsync(dashboard: true, Change, "--Hosting:Kafka=memory");
        _telemetry = new DashboardTelemetry(_running.App.Services.GetRequiredService<IConfiguration>());
    }

    public async ValueTask DisposeAsync()
    {
        _telemetry?.Dispose();
        if (_running is not null)
        {
            await _running.DisposeAsync();
        }
    }

    internal async Task<DashboardPage> OpenAsync(Chromium chromium)
    {
        SkipWithoutDashboard();
        return await DashboardPage.OpenAsync(chromium, Telemetry);
    }

    internal async Task<FlowsClient> OpenFlowsAsync()
    {
        SkipWithoutDashboard();
        await Running.App.ResourceNotifications.WaitForResourceHealthyAsync("flows", TestContext.Current.CancellationToken);
        return new FlowsClient(Running);
    }

    internal void SkipWithoutDashboard() => Assert.SkipUnless(Telemetry.IsThere, "Aspire's dashboard is not installed (./platform brings it).");

    // A token is near its end from the start, and each call needs a refresh.
    private static void Change(IDistributedApplicationTestingBuilder builder)
    {
        builder.Project("idp").WithEnvironment("Idp__Lifetimes__AccessToken", "00:02:00");
        builder.Project("bff").WithEnvironment("Bff__AccessTokens__RefreshBefore", "00:02:00");
    }
}

/// <summary>All tests of dashboard and flows, since they share their topology.</summary>
[CollectionDefinition]
public sealed class WithDashboard : ICollectionFixture<DashboardTopology>;
