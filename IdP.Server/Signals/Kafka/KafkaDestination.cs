namespace Platform.IdP.Signals.Kafka;

/// <summary>The topic that the platform's own consumers read: it gets all events.</summary>
internal sealed class KafkaDestination : IEventDestinations
{
    /// <summary>The destination's name, from which the jti of its SETs are made.</summary>
    public const string Name = "kafka";

    /// <summary>Raised when an event was queued.</summary>
    public WorkSignal Signal { get; } = new();

    public ValueTask<IReadOnlyList<string>> FindAsync(SecurityEvent raised, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<string>>([Name]);

    public void Wake(string destination) => Signal.Raise();
}
