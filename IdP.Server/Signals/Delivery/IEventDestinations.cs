namespace Platform.IdP.Signals.Delivery;

/// <summary>
/// Where events go: Kafka, or the streams of receivers. Registered by the feature that delivers; each destination has a queue
/// of its own (<see cref="EventQueue"/>), so that one that is away holds up no other.
/// </summary>
internal interface IEventDestinations
{
    /// <summary>The names of those that want the event now.</summary>
    ValueTask<IReadOnlyList<string>> FindAsync(SecurityEvent raised, CancellationToken cancellationToken);

    /// <summary>
    /// An event has come into the queue of this destination, moved by this process. Of what other processes move, the channel
    /// <see cref="Outbox.MovedChannel"/> tells.
    /// </summary>
    void Wake(string destination);
}
