using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Platform.Bff;

internal static class BffTelemetry
{
    public const string Name = "Platform.Bff";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> SignIns = Meter.CreateCounter<long>("platform.bff.sign_ins");
    private static readonly Counter<long> SessionsEnded = Meter.CreateCounter<long>("platform.bff.sessions_ended");
    private static readonly Counter<long> TabsTold = Meter.CreateCounter<long>("platform.bff.tabs_told");

    private static readonly Counter<long> Refreshes = Meter.CreateCounter<long>("platform.bff.refreshes");

    private static readonly Counter<long> CallsCut = Meter.CreateCounter<long>("platform.bff.calls_cut");

    public static void CountSignIn(string outcome) => SignIns.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>Attempts to get a new access token for a session.</summary>
    public static void CountRefresh(string outcome) => Refreshes.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>Sessions that this replica ended, and why.</summary>
    public static void CountEnded(string reason, int sessions = 1) => SessionsEnded.Add(sessions, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>Open tabs that learned here of the end of their session, whoever ended it.</summary>
    public static void CountTabTold(string reason) => TabsTold.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>Forwarded calls that were under way when their session ended.</summary>
    public static void CountCallCut() => CallsCut.Add(1);

    /// <summary>What a person may quote and an operator can look up.</summary>
    public static string CorrelationId(HttpContext http) =>
        Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;
}
