using Platform.Flows.Model;
using Platform.ServiceDefaults.Telemetry;

namespace Platform.Flows.Telemetry;

/// <summary>
/// The newest traces, joined where spans link them or name the same flow. It holds a bounded number: what goes first are the
/// traces that make no flow worth a picture, such as forwarded calls and files of pages.
/// </summary>
internal sealed class TraceStore(int capacity = TraceStore.Capacity)
{
    public const int Capacity = 2000;
    private const int MostSpans = 2000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Trace> _traces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _flows = new(StringComparer.Ordinal);
    private long _version;

    /// <summary>Grows with everything that comes in.</summary>
    public long Version => Interlocked.Read(ref _version);

    public void Add(IEnumerable<Span> spans)
    {
        lock (_lock)
        {
            foreach (var span in spans)
            {
                Add(span);
            }
        }
    }

    /// <summary>The traces that belong together with this one; null when it is not known (any more).</summary>
    public JoinedTraces? Find(string traceId)
    {
        lock (_lock)
        {
            return _traces.TryGetValue(traceId, out var trace) ? Joined(trace, []) : null;
        }
    }

    /// <summary>All of them, each group once.</summary>
    public IReadOnlyList<JoinedTraces> All()
    {
        lock (_lock)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            return [.. _traces.Values.Where(trace => !seen.Contains(trace.Id)).Select(trace => Joined(trace, seen))];
        }
    }

    private void Add(Span span)
    {
        var trace = Trace(span.TraceId);
        if (trace.Spans.Count >= MostSpans || !trace.Spans.TryAdd(span.SpanId, span))
        {
            return;
        }

        trace.Version = Interlocked.Increment(ref _version);
        foreach (var link in span.Links.Where(link => link.TraceId != span.TraceId))
        {
            Join(trace, Trace(link.TraceId));
        }

        if (span[ProtocolAttributes.FlowId] is { } flow)
        {
            trace.Flows.Add(flow);
            if (!_flows.TryAdd(flow, trace.Id) && _flows[flow] != trace.Id)
            {
                Join(trace, Trace(_flows[flow]));
            }
        }

        trace.IsQuiet &= !FlowKinds.IsWorthAPicture(span);
        if (_traces.Count > capacity)
        {
            // Some more at once, so that not each new trace looks for the oldest.
            foreach (var oldest in Oldest().Take(1 + (capacity / 20)).ToList())
            {
                Forget(oldest);
            }
        }
    }

    private Trace Trace(string id) => _traces.TryGetValue(id, out var known) ? known : _traces[id] = new Trace(id) { Version = Version };

    private static void Join(Trace one, Trace other)
    {
        one.Joined.Add(other.Id);
        other.Joined.Add(one.Id);
        other.Version = Math.Max(other.Version, one.Version);
    }

    private IEnumerable<Trace> Oldest() =>
        _traces.Values.OrderByDescending(trace => trace.IsQuiet && trace.Joined.Count == 0).ThenBy(trace => trace.Version);

    private void Forget(Trace oldest)
    {
        _traces.Remove(oldest.Id);
        foreach (var other in oldest.Joined)
        {
            _traces.GetValueOrDefault(other)?.Joined.Remove(oldest.Id);
        }

        foreach (var flow in oldest.Flows.Where(flow => _flows.GetValueOrDefault(flow) == oldest.Id))
        {
            _flows.Remove(flow);
        }
    }

    private JoinedTraces Joined(Trace start, HashSet<string> seen)
    {
        var spans = new List<Span>();
        var version = 0L;
        var next = new Queue<Trace>([start]);
        seen.Add(start.Id);
        while (next.TryDequeue(out var trace) && spans.Count < MostSpans)
        {
            spans.AddRange(trace.Spans.Values);
            version = Math.Max(version, trace.Version);
            foreach (var other in trace.Joined.Where(seen.Add))
            {
                next.Enqueue(_traces[other]);
            }
        }

        return new(spans, version);
    }
}
