namespace Platform.Caep.Intake;

/// <summary>Where messages go that can never be applied.</summary>
internal interface IDeadLetters
{
    /// <summary>Returns when the letter is safe.</summary>
    /// <exception cref="Confluent.Kafka.KafkaException">It is not.</exception>
    Task WriteAsync(Delivery delivery, string error, string reason, CancellationToken cancellationToken);
}
