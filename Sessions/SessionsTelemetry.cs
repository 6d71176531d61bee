using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Platform.Sessions;

internal static class SessionsTelemetry
{
    public const string Name = "Platform.Sessions";

    public static readonly ActivitySource Source = new(Name);

    /// <summary>The publication that tells every replica (OpenTelemetry semantic conventions for messaging).</summary>
    public static readonly KeyValuePair<string, object?>[] OfChannel =
    [
        new("messaging.system", "redis"),
        new("messaging.destination.name", (string)EndedMessage.Channel!),
        new("messaging.operation.type", "process"),
    ];

    /// <summary>A span of a script that changes sessions (OpenTelemetry semantic conventions for databases).</summary>
    public static Activity? StartScript(string name) => Source.HasListeners()
        ? Source.StartActivity($"EVALSHA {name}", ActivityKind.Client, default(ActivityContext),
        [
            new("db.system.name", "redis"),
            new("db.operation.name", "EVALSHA"),
            new("db.stored_procedure.name", name),
        ])
        : null;

    private static readonly Meter Meter = new(Name);

    /// <summary>Locks that could not be renewed or given back.</summary>
    public static readonly Counter<long> LocksLost = Meter.CreateCounter<long>("platform.sessions.locks_lost");

    /// <summary>Publications of endings that reached this process, whoever ended the sessions.</summary>
    public static readonly Counter<long> EndingsSeen = Meter.CreateCounter<long>("platform.sessions.endings_seen");

    /// <summary>From the occurrence of an ending (a revocation's own time) until this process knew of it, in seconds.</summary>
    public static readonly Histogram<double> EndingDelay = Meter.CreateHistogram<double>("platform.sessions.ending_delay", "s");
}
