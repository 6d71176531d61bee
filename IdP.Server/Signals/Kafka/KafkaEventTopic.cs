using System.Diagnostics;
using Confluent.Kafka;
using Platform.ServiceDefaults.Kafka;

namespace Platform.IdP.Signals.Kafka;

/// <summary>The topic <c>caep.events</c>. One caller at a time, as the queue has one publisher.</summary>
internal sealed partial class KafkaEventTopic(string bootstrapServers, ILogger<KafkaEventTopic> logger)
    : IEventTopic, IDisposable
{
    public const string Topic = "caep.events";
    private const string DeadLetters = "caep.events.dlt";
    private const int Partitions = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private IProducer<string, string>? _producer;

    public async Task PublishAsync(SignedEvent signed, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        using var activity = Start(signed);
        var message = new Message<string, string> { Key = signed.Key, Value = signed.Token, Headers = [] };
        KafkaTraceContext.Inject(activity, message.Headers);
        try
        {
            await _producer!.ProduceAsync(Topic, message, cancellationToken);
        }
        catch (KafkaException failure)
        {
            activity?.SetStatus(ActivityStatusCode.Error, failure.Error.Code.ToString());

            // An idempotent producer that lost count with the broker never recovers, nor does one whose brokers have all moved:
            // the next attempt has a new one.
            if (failure.Error.IsFatal || failure.Error.Code is ErrorCode.Local_MsgTimedOut)
            {
                Dispose();
            }

            throw new EventTopicUnavailableException(failure.Error.Reason, failure);
        }
    }

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            // The administrator's client blocks while it looks for a broker; a host that stops does not wait for it.
            _producer ??= await Task.Run(ConnectAsync, cancellationToken).WaitAsync(cancellationToken);
        }
        catch (KafkaException failure)
        {
            throw new EventTopicUnavailableException(failure.Error.Reason, failure);
        }
    }

    public void Dispose()
    {
        _producer?.Dispose();
        _producer = null;
    }

    private async Task<IProducer<string, string>> ConnectAsync()
    {
        await KafkaTopics.EnsureAsync(bootstrapServers, [Topic, DeadLetters], Partitions);
        var producer = new ProducerBuilder<string, string>(new ProducerConfig
        {
            BootstrapServers = bootstrapServers,
            Acks = Acks.All,
            EnableIdempotence = true,
            LingerMs = 0,
            SocketNagleDisable = true,
            MessageTimeoutMs = 10_000,
            ReconnectBackoffMaxMs = 1_000,
        })
            .SetLogHandler((_, line) => LogClient(line.Message))
            .SetErrorHandler((_, error) => LogClient(error.Reason))
            .Build();

        try
        {
            // Connects now, and gets the producer's identity, rather than with the first event.
            using var admin = new DependentAdminClientBuilder(producer.Handle).Build();
            admin.GetMetadata(Topic, Patience);
        }
        catch (KafkaException)
        {
            producer.Dispose();
            throw;
        }

        return producer;
    }

    private static Activity? Start(SignedEvent signed)
    {
        ActivityContext.TryParse(signed.TraceParent, signed.TraceState, isRemote: true, out var parent);
        var activity = IdpTelemetry.Source.StartActivity($"send {Topic}", ActivityKind.Producer, parent);
        activity?.SetTag("messaging.system", "kafka");
        activity?.SetTag("messaging.destination.name", Topic);
        activity?.SetTag("messaging.operation.type", "send");
        if (ProtocolSpan.IsRecorded)
        {
            ProtocolSpan.Request([new("event_type", signed.Type), new("sub_id", ProtocolRedaction.Redacted)]);
        }

        return activity;
    }

    [LoggerMessage(LogLevel.Debug, "librdkafka: {Line}")]
    private partial void LogClient(string line);
}
