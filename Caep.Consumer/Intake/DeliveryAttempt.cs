using System.Diagnostics;
using Microsoft.Extensions.Options;
using Platform.Caep.Events;
using Platform.ServiceDefaults.Kafka;

namespace Platform.Caep.Intake;

/// <summary>
/// Takes one message to its end, if it can be done now: applied, recorded, or safe among the dead letters. Only then does its
/// partition hear of it.
/// </summary>
internal sealed class DeliveryAttempt(EventPipeline pipeline, IDeadLetters deadLetters, IOptions<KafkaOptions> options)
{
    /// <summary>The span of all attempts at one place.</summary>
    public Activity? Begin(Delivery delivery) => CaepTelemetry.StartConsume(
        delivery.Partition.Topic, options.Value.GroupId, delivery.Partition.Partition.Value, delivery.Offset.Value,
        KafkaTraceContext.Extract(delivery.Message.Headers));

    /// <summary>Null when it is done, or what it wants.</summary>
    public async Task<Interruption?> MakeAsync(Delivery delivery, Door door, Activity? span, CancellationToken cancellationToken)
    {
        var from = delivery.IsReplay ? door.ForReplay() : door;
        var outcome = await pipeline.ProcessAsync(delivery.Message.Value, delivery.ReceivedAt, from, cancellationToken);
        span?.SetTag("caep.outcome", outcome.Name);
        switch (outcome)
        {
            case EventOutcome.Postponed postponed:
                return new Interruption(postponed.Missing, postponed.Reason) { OfOneTransmitter = postponed.OfOneTransmitter };

            case EventOutcome.Poison(var error, var reason):
                span?.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);
                if (await BuryAsync(delivery, error, reason, cancellationToken) is { } interruption)
                {
                    return interruption;
                }

                break;
        }

        delivery.Progress.Complete(delivery.Offset.Value);
        return null;
    }

    private async Task<Interruption?> BuryAsync(
        Delivery delivery, string error, string reason, CancellationToken cancellationToken)
    {
        try
        {
            await deadLetters.WriteAsync(delivery, error, reason, cancellationToken);
            return null;
        }
        catch (Exception away) when (away is not OperationCanceledException)
        {
            // Whatever it is: a letter that is not safe must not be passed over.
            return new Interruption("dead-letter topic", away.Message, delivery.Partition);
        }
    }
}
