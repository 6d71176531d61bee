using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Platform.Sessions;

internal static class SessionsTelemetry
{
    public const string Name = "Platform.Sessions";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Locks that could not be renewed or given back.</summary>
    public static readonly Counter<long> LocksLost = Meter.CreateCounter<long>("platform.sessions.locks_lost");

    /// <summary>Publications of endings that reached this process, whoever ended the sessions.</summary>
    public static readonly Counter<long> EndingsSeen = Meter.CreateCounter<long>("platform.sessions.endings_seen");

    /// <summary>From the occurrence of an ending (a revocation's own time) until this process knew of it, in seconds.</summary>
    public static readonly Histogram<double> EndingDelay = Meter.CreateHistogram<double>("platform.sessions.ending_delay", "s");
}
