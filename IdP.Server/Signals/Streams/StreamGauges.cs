using System.Diagnostics.Metrics;

namespace Platform.IdP.Signals.Streams;

/// <summary>What the meters are told of the streams: as they were when they were last looked after.</summary>
internal sealed class StreamGauges(StreamQueues queues, TimeProvider clock)
{
    private volatile IReadOnlyList<Sample> _samples = [];

    public IEnumerable<Measurement<long>> ByStatus() => _samples.GroupBy(sample => sample.Status)
        .Select(group => new Measurement<long>(group.Count(), new KeyValuePair<string, object?>("status", group.Key)));

    public IEnumerable<Measurement<long>> QueueLengths() =>
        _samples.Select(sample => new Measurement<long>(sample.Length, Tags(sample)));

    public IEnumerable<Measurement<double>> OldestAges() => _samples.Where(sample => sample.Oldest is not null)
        .Select(sample => new Measurement<double>((clock.GetUtcNow() - sample.Oldest!.Value).TotalSeconds, Tags(sample)));

    public async Task MeasureAsync(IReadOnlyList<EventStream> streams)
    {
        var samples = new List<Sample>(streams.Count);
        foreach (var stream in streams)
        {
            var (length, oldest) = await queues.Of(stream.Id).MeasureAsync();
            samples.Add(new Sample(stream.Id, stream.ClientId, stream.Status, length, oldest));
        }

        _samples = samples;
    }

    private static KeyValuePair<string, object?>[] Tags(Sample sample) =>
        [new("client", sample.ClientId), new("stream", sample.StreamId)];

    private sealed record Sample(string StreamId, string ClientId, string Status, long Length, DateTimeOffset? Oldest);
}
