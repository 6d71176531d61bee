namespace Platform.Flows.Telemetry;

/// <summary>What kind of work a span is (OpenTelemetry's SpanKind, with its numbers in OTLP).</summary>
public enum SpanKind { Unspecified, Internal, Server, Client, Producer, Consumer }

/// <summary>A span as far as a flow needs it. Times are Unix nanoseconds.</summary>
internal sealed record Span(string TraceId, string SpanId, string? ParentId, string Name, SpanKind Kind, long Start, long End)
{
    public required string Service { get; init; }

    /// <summary>Which replica.</summary>
    public string? Instance { get; init; }

    public bool IsError { get; init; }

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<PassedCheck> Checks { get; init; } = [];

    /// <summary>Spans of other traces that belong to this one.</summary>
    public IReadOnlyList<SpanLink> Links { get; init; } = [];

    public TimeSpan Duration => TimeSpan.FromTicks(Math.Max(0, End - Start) / TimeSpan.NanosecondsPerTick);

    public string? this[string attribute] => Attributes.GetValueOrDefault(attribute);

    public bool IsRequest => Kind is SpanKind.Server && Attributes.ContainsKey(Names.Method);
}

/// <summary>A reference to a span, mostly of another trace.</summary>
internal sealed record SpanLink(string TraceId, string SpanId);

/// <summary>A check that a message passed, and the section that asks for it.</summary>
public sealed record PassedCheck(string Name, string Section);
