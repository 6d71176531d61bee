namespace Aspire.Hosting.Run;

/// <summary>Aspire's dashboard as the engine sees it: started before everything else, so that it hears all of them.</summary>
internal interface IDashboard : IAsyncDisposable
{
    /// <summary>Starts it; null, and one line in the log that says why, where there is none.</summary>
    Task<DashboardAddresses?> StartAsync(CancellationToken cancellationToken);
}

/// <summary>Where a person signs in to the dashboard, and where services send their telemetry with which key.</summary>
internal sealed record DashboardAddresses(Uri LoginUrl, Uri OtlpEndpoint, string OtlpApiKey)
{
    /// <summary><c>grpc</c> or <c>http/protobuf</c>.</summary>
    public string OtlpProtocol { get; init; } = "grpc";

    /// <summary>Ends when it answers, or when that is no longer to be expected.</summary>
    public Task Ready { get; init; } = Task.CompletedTask;
}

/// <summary>Where there is none.</summary>
internal sealed class NoDashboard : IDashboard
{
    public Task<DashboardAddresses?> StartAsync(CancellationToken cancellationToken) => Task.FromResult<DashboardAddresses?>(null);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
