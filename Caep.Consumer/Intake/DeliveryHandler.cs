using System.Diagnostics;
using Confluent.Kafka;
using Microsoft.Extensions.Options;
using Platform.Caep.Events;
using Platform.ServiceDefaults.Kafka;

namespace Platform.Caep.Intake;

/// <summary>
/// Takes one message to its end, in its lane: applied, recorded, or safe among the dead letters. Only then does its
/// partition hear of it. What is needed and away is waited for, so that order is kept and nothing is skipped.
/// </summary>
internal sealed partial class DeliveryHandler(
    EventPipeline pipeline,
    IDeadLetters deadLetters,
    Interruptions interruptions,
    IOptions<KafkaOptions> options,
    ILogger<DeliveryHandler> logger)
{
    public async Task HandleAsync(int lane, Delivery delivery, CancellationToken cancellationToken)
    {
        using var span = CaepTelemetry.StartConsume(
            delivery.Partition.Topic, options.Value.GroupId, delivery.Partition.Partition.Value, delivery.Offset.Value,
            KafkaTraceContext.Extract(delivery.Message.Headers));
        var backOff = new BackOff();
        try
        {
            while (!delivery.Progress.IsGivenUp)
            {
                var recovery = interruptions.NextRecovery();
                if (await AttemptAsync(delivery, span, cancellationToken) is not { } interruption)
                {
                    delivery.Progress.Complete(delivery.Offset.Value);
                    return;
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

    private async Task<Interruption?> AttemptAsync(Delivery delivery, Activity? span, CancellationToken cancellationToken)
    {
        var outcome = await pipeline.ProcessAsync(delivery.Message.Value, delivery.ReceivedAt, cancellationToken);
        span?.SetTag("caep.outcome", outcome.Name);
        switch (outcome)
        {
            case EventOutcome.Postponed(var missing, var reason):
                return new Interruption(missing, reason);

            case EventOutcome.Poison(var error, var reason):
                span?.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);
                return await BuryAsync(delivery, error, reason, cancellationToken);

            default:
                return null;
        }
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

    [LoggerMessage(LogLevel.Warning, "Waiting for {Missing} with the message at {Partition} {Offset}: {Reason}")]
    private partial void LogWaiting(string missing, TopicPartition partition, long offset, string reason);
}
