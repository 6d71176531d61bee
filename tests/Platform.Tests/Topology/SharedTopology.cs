using Platform.Tests.Topology;

[assembly: AssemblyFixture(typeof(SharedTopology))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Platform.Tests.Topology;

/// <summary>One topology for all tests that leave it as they found it, with its dashboard for the telemetry of those that fail.</summary>
public sealed class SharedTopology : IAsyncLifetime
{
    private RunningTopology? _running;

    public RunningTopology Running => _running ?? throw new InvalidOperationException("The topology has not started.");

    public async ValueTask InitializeAsync() => _running = await RunningTopology.StartAsync(dashboard: true);

    public ValueTask DisposeAsync() => _running?.DisposeAsync() ?? ValueTask.CompletedTask;
}
