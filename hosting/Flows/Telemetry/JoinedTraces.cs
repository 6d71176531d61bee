namespace Platform.Flows.Telemetry;

/// <summary>Spans that make one flow.</summary>
/// <param name="Spans">In no order.</param>
/// <param name="Version">The same as long as nothing came to them.</param>
internal sealed record JoinedTraces(IReadOnlyList<Span> Spans, long Version);
