using System.Threading.Channels;
using Platform.IdP.Signals.Events;
using Platform.IdP.Signals.Kafka;

namespace Platform.IdP.Tests.Running;

/// <summary>Stands for Kafka: keeps what it is given, and can be away.</summary>
internal sealed class RecordingTopic : IEventTopic
{
    private readonly Channel<SignedEvent> _entries = Channel.CreateUnbounded<SignedEvent>();
    private readonly Channel<bool> _refusals = Channel.CreateUnbounded<bool>();

    public bool IsAway { get; set; }

    public ChannelReader<SignedEvent> Entries => _entries.Reader;

    /// <summary>One for each attempt while it was away.</summary>
    public ChannelReader<bool> Refusals => _refusals.Reader;

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task PublishAsync(SignedEvent signed, CancellationToken cancellationToken)
    {
        if (IsAway)
        {
            _refusals.Writer.TryWrite(true);
            throw new EventTopicUnavailableException("Kafka is away", new IOException());
        }

        _entries.Writer.TryWrite(signed);
        return Task.CompletedTask;
    }
}
