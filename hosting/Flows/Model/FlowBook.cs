using Platform.Flows.Telemetry;

namespace Platform.Flows.Model;

/// <summary>The flows of the traces that are here. Each is read once, and again only when spans came to it.</summary>
internal sealed class FlowBook(TraceStore traces)
{
    private readonly Lock _lock = new();
    private Dictionary<string, (long Version, int Spans, Flow? Flow)> _read = new(StringComparer.Ordinal);

    public long Version => traces.Version;

    /// <summary>The flow that this trace belongs to; null when there is none.</summary>
    public Flow? Find(string traceId) => traces.Find(traceId.ToLowerInvariant()) is { Spans.Count: > 0 } joined ? FlowReader.Read(joined.Spans) : null;

    /// <summary>All flows, the newest first.</summary>
    public IReadOnlyList<Flow> All()
    {
        lock (_lock)
        {
            var known = new Dictionary<string, (long Version, int Spans, Flow? Flow)>(StringComparer.Ordinal);
            var flows = new List<Flow>();
            foreach (var (spans, version) in traces.All())
            {
                if (spans.Count == 0)
                {
                    continue;
                }

                var key = spans[0].TraceId;
                var entry = _read.TryGetValue(key, out var read) && read.Version == version && read.Spans == spans.Count
                    ? read
                    : (Version: version, Spans: spans.Count, Flow: FlowReader.Read(spans));
                known[key] = entry;
                if (entry.Flow is { } flow)
                {
                    flows.Add(flow);
                }
            }

            _read = known;
            return [.. flows.OrderByDescending(flow => flow.StartedAt)];
        }
    }
}
