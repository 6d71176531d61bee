using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Run;

/// <summary>How the engine runs, from the configuration of the AppHost.</summary>
internal sealed record EngineOptions
{
    /// <summary>Run by a test: quiet, everything temporary.</summary>
    public bool Testing { get; init; }

    /// <summary>Public ports are free ones, instead of those of the launch profiles.</summary>
    public bool RandomizePorts { get; init; }

    public bool DashboardEnabled { get; init; }

    /// <summary>How long a resource may take to become healthy for the first time.</summary>
    public TimeSpan HealthTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long everything may take to end when asked; then it is ended.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(3.5);

    /// <summary>A resource without health check counts as started when it has lived so long.</summary>
    public TimeSpan SettleTime { get; init; } = TimeSpan.FromMilliseconds(300);

    public TimeSpan FirstRestartDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan LongestRestartDelay { get; init; } = TimeSpan.FromSeconds(30);

    public static EngineOptions Read(IConfiguration configuration, bool testing, bool dashboardEnabled)
    {
        var defaults = new EngineOptions();
        return new()
        {
            Testing = testing,
            RandomizePorts = configuration.GetValue("DcpPublisher:RandomizePorts", testing),
            DashboardEnabled = dashboardEnabled,
            HealthTimeout = Seconds("Hosting:HealthTimeout", defaults.HealthTimeout),
            StopTimeout = Seconds("Hosting:StopTimeout", defaults.StopTimeout),
            FirstRestartDelay = Seconds("Hosting:RestartDelay", defaults.FirstRestartDelay)
        };

        TimeSpan Seconds(string key, TimeSpan otherwise) =>
            configuration.GetValue<double?>(key) is { } seconds ? TimeSpan.FromSeconds(seconds) : otherwise;
    }
}
