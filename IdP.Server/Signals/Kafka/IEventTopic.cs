namespace Platform.IdP.Signals.Kafka;

/// <summary>Where security events go: the boundary to Kafka.</summary>
internal interface IEventTopic
{
    /// <summary>Makes sure of the topic and the connection, so that the first event does not wait for them.</summary>
    /// <exception cref="EventTopicUnavailableException">The broker is away, for now.</exception>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Returns when the broker has acknowledged the event.</summary>
    /// <exception cref="EventTopicUnavailableException">It did not, for now.</exception>
    Task PublishAsync(SignedEvent signed, CancellationToken cancellationToken);
}

internal sealed class EventTopicUnavailableException(string message, Exception cause) : Exception(message, cause);
