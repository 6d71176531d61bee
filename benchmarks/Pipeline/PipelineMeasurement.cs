namespace Platform.Benchmarks.Pipeline;

/// <summary>A figure of the way from a security event to the sessions that it ends; it has goals of its own, and no rival.</summary>
internal abstract class PipelineMeasurement(string name, string title)
{
    public static IReadOnlyList<PipelineMeasurement> All { get; } = [new RevocationDelay(), new EventThroughput()];

    public string Name { get; } = name;

    public string Title { get; } = title;

    /// <summary>What came out, for people and as Markdown.</summary>
    public abstract Task<string> RunAsync(Effort effort, CancellationToken cancellationToken);
}
