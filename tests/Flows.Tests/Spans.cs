using Platform.Flows.Telemetry;

namespace Platform.Flows.Tests;

/// <summary>Spans made up for a test.</summary>
internal static class Spans
{
    private static int _last;

    public static string TraceId(int number) => number.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);

    public static Span Request(int trace, string service, string route, long start = 0, string? parent = null, params (string Name, string Value)[] attributes) =>
        Make(trace, service, SpanKind.Server, start, parent, [.. attributes, (Names.Method, "GET"), (Names.Route, route), (Names.Status, "200")]);

    public static Span Make(int trace, string service, SpanKind kind, long start = 0, string? parent = null, params (string Name, string Value)[] attributes) =>
        new(TraceId(trace), Interlocked.Increment(ref _last).ToString("x16", System.Globalization.CultureInfo.InvariantCulture), parent, "span", kind, start, start + 1_000_000)
        {
            Service = service,
            Attributes = attributes.DistinctBy(pair => pair.Name).ToDictionary(pair => pair.Name, pair => pair.Value),
        };
}
