using System.Collections.Concurrent;
using System.Diagnostics;

namespace Platform.Testing;

/// <summary>Listens to sources of spans as an exporter does. Tests run beside each other, so what it is asked for is the spans of one trace.</summary>
public sealed class SpanRecorder : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public SpanRecorder(params string[] sources)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Platform.Protocol" || sources.Contains(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public ActivityTraceId Trace { get; } = ActivityTraceId.CreateRandom();

    /// <summary>The header that puts a request into the trace.</summary>
    public string TraceParent => $"00-{Trace}-{ActivitySpanId.CreateRandom()}-01";

    /// <summary>The span of a request to this path that ended so many-th.</summary>
    public Task<Activity> RequestAsync(string path, int number, CancellationToken cancellationToken) =>
        EndedAsync(span => span.GetTagItem("url.path") as string == path, number, cancellationToken);

    /// <summary>Of such spans the one that ended so many-th.</summary>
    public async Task<Activity> EndedAsync(Func<Activity, bool> which, int number, CancellationToken cancellationToken)
    {
        Activity? found = null;
        await Eventually.BecomesTrueAsync(
            () => (found = _ended.Where(span => span.TraceId == Trace && which(span)).ElementAtOrDefault(number - 1)) is not null,
            cancellationToken);
        return found!;
    }

    /// <summary>The checks that a span says were passed.</summary>
    public static IEnumerable<string> ChecksOf(Activity span) =>
        from happened in span.Events
        where happened.Name == "check"
        from tag in happened.Tags
        where tag.Key == "platform.check.name"
        select (string)tag.Value!;

    public void Dispose() => _listener.Dispose();
}
