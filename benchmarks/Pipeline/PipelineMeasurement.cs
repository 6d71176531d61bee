namespace Platform.Benchmarks.Pipeline;

/// <summary>A figure of the way from a security event to the sessions that it ends.</summary>
internal abstract class PipelineMeasurement(string name, string title) : Measurement(name, title)
{
    public override string? Missing => PipelineTopology.Missing;
}
