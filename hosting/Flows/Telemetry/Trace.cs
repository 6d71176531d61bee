namespace Platform.Flows.Telemetry;

/// <summary>The spans of one trace, and the traces that it belongs together with.</summary>
internal sealed class Trace(string id)
{
    public string Id { get; } = id;

    public Dictionary<string, Span> Spans { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Joined { get; } = new(StringComparer.Ordinal);

    public long Version { get; set; }

    public bool IsQuiet { get; set; } = true;

    /// <summary>The values of <c>platform.flow.id</c> on its spans.</summary>
    public HashSet<string> Flows { get; } = new(StringComparer.Ordinal);
}
