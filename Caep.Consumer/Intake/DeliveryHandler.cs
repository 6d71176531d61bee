using Confluent.Kafka;
using Platform.Caep.Events;

namespace Platform.Caep.Intake;

/// <summary>
/// Takes one message to its end, in its lane. What is needed and away is waited for, so that order is kept and nothing is
/// skipped; keys of a transmitter beside the issuer are waited for elsewhere, so that the lane goes on.
/// </summary>
internal sealed partial class DeliveryHandler(
    DeliveryAttempt attempt, KeyWaits keyWaits, Interruptions interruptions, ILogger<DeliveryHandler> logger)
{
    public async Task HandleAsync(int lane, Delivery delivery, CancellationToken cancellationToken)
    {
        using var span = attempt.Begin(delivery);
        var backOff = new BackOff();
        var door = Door.Kafka;
        try
        {
            while (!delivery.Progress.IsGivenUp)
            {
                var recovery = interruptions.NextRecovery();
                if (await attempt.MakeAsync(delivery, door, span, cancellationToken) is not { } interruption)
                {
                    return;
                }

                if (interruption.OfOneTransmitter)
                {
                    if (keyWaits.TryAdd(delivery, cancellationToken))
                    {
                        return;
                    }

                    door = Door.KafkaAtLast($"{interruption.Reason} {KeyWaits.Room} events wait for keys already.");
                    continue;
                }

                if (interruptions.Begin(lane, interruption))
                {
                    LogWaiting(interruption.Missing, delivery.Partition, delivery.Offset.Value, interruption.Reason);
                }

                await interruptions.WaitAsync(backOff.Next(), recovery, cancellationToken);
            }
        }
        finally
        {
            interruptions.End(lane);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Waiting for {Missing} with the message at {Partition} {Offset}: {Reason}")]
    private partial void LogWaiting(string missing, TopicPartition partition, long offset, string reason);
}
