namespace Platform.Benchmarks;

/// <summary>A figure that has goals of its own, and no rival.</summary>
internal abstract class Measurement(string name, string title)
{
    public static IReadOnlyList<Measurement> All { get; } =
        [new RevocationDelay(), new EventThroughput(), new TopologyStart(), new BusyResource(), new FlowDrawing()];

    public string Name { get; } = name;

    public string Title { get; } = title;

    /// <summary>Why it cannot run here; null when it can.</summary>
    public virtual string? Missing => null;

    /// <summary>What came out, for people and as Markdown.</summary>
    public abstract Task<string> RunAsync(Effort effort, CancellationToken cancellationToken);

    protected static string Verdict(bool reached) => reached ? "reached" : "missed";
}
