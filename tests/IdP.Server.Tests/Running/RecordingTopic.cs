using System.Threading.Channels;
using Platform.IdP.Signals;

namespace Platform.IdP.Tests.Running;

/// <summary>Stands for Kafka: keeps what it is given, and can be away.</summary>
internal sealed class RecordingTopic : IEventTopic
{
    private readonly Channel<OutboxEntry> _entries = Channel.CreateUnbounded<OutboxEntry>();
    private readonly Channel<bool> _refusals = Channel.CreateUnbounded<bool>();

    public bool IsAway { get; set; }

    public ChannelReader<OutboxEntry> Entries => _entries.Reader;

    /// <summary>One for each attempt while it was away.</summary>
    public ChannelReader<bool> Refusals => _refusals.Reader;

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task PublishAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        if (IsAway)
        {
            _refusals.Writer.TryWrite(true);
            throw new EventTopicUnavailableException("Kafka is away", new IOException());
        }

        _entries.Writer.TryWrite(entry);
        return Task.CompletedTask;
    }
}
