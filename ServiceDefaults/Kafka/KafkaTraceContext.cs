using System.Diagnostics;
using System.Text;
using Confluent.Kafka;

namespace Platform.ServiceDefaults.Kafka;

/// <summary>W3C trace context in the headers of a Kafka message, so that one trace spans producer and consumer.</summary>
public static class KafkaTraceContext
{
    private const string TraceParent = "traceparent";
    private const string TraceState = "tracestate";

    /// <summary>Writes the context of <paramref name="activity"/> into <paramref name="headers"/>.</summary>
    public static void Inject(Activity? activity, Headers headers)
    {
        if (activity?.Id is not { } id || activity.IdFormat is not ActivityIdFormat.W3C)
        {
            return;
        }

        headers.Add(TraceParent, Encoding.ASCII.GetBytes(id));
        if (activity.TraceStateString is { Length: > 0 } state)
        {
            headers.Add(TraceState, Encoding.ASCII.GetBytes(state));
        }
    }

    /// <summary>Reads the context out of <paramref name="headers"/>; the default context when there is none.</summary>
    public static ActivityContext Extract(Headers? headers) =>
        Read(headers, TraceParent) is { } parent &&
        ActivityContext.TryParse(parent, Read(headers, TraceState), isRemote: true, out var context)
            ? context
            : default;

    private static string? Read(Headers? headers, string name) =>
        headers is not null && headers.TryGetLastBytes(name, out var value) ? Encoding.ASCII.GetString(value) : null;
}
