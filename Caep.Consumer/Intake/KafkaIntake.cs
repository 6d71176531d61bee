using System.Diagnostics.Metrics;
using Confluent.Kafka;
using Microsoft.Extensions.Options;
using Platform.ServiceDefaults.Kafka;
using StackExchange.Redis;

namespace Platform.Caep.Intake;

/// <summary>
/// Keeps a member in the consumer group for as long as the service runs, whatever Kafka does. A fault of our own that leaves an
/// event undone ends the service: the next process gets the event again.
/// </summary>
internal sealed partial class KafkaIntake(
    DeliveryHandler handler,
    KeyWaits keyWaits,
    Interruptions interruptions,
    KafkaConnection kafka,
    IConnectionMultiplexer redis,
    IConfiguration configuration,
    IOptions<KafkaOptions> options,
    TimeProvider clock,
    ILogger<KafkaIntake> logger) : BackgroundService
{
    private readonly KafkaOptions _options = options.Value;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var abandon = new CancellationTokenSource();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var lanes = new Lanes<Delivery>(_options.Lanes, _options.LaneCapacity);
        var working = lanes.RunAsync(handler.HandleAsync, abandon.Token);
        var watching = EndAfterAsync(Task.WhenAny(working, keyWaits.Broken), ending);

        CaepTelemetry.ObserveLag(() => kafka.Lag.Select(partition => new Measurement<long>(
            partition.Value, new KeyValuePair<string, object?>("messaging.destination.partition.id", partition.Key))));

        void WakeAll(object? sender, ConnectionFailedEventArgs connection) => interruptions.Wake();
        redis.ConnectionRestored += WakeAll;
        try
        {
            await PersistAsync(EnsureTopicsAsync, ending.Token);
            await PersistAsync(cancellation => TakePartAsync(lanes, cancellation), ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Stopped while waiting for Kafka.
        }
        finally
        {
            redis.ConnectionRestored -= WakeAll;
            await abandon.CancelAsync();
            await watching;
            await keyWaits.WhenEmpty();
            await Task.WhenAll(working, keyWaits.Broken.IsFaulted ? keyWaits.Broken : Task.CompletedTask);
        }
    }

    private static async Task EndAfterAsync(Task first, CancellationTokenSource ending)
    {
        await first;
        await ending.CancelAsync();
    }

    /// <summary>Until it works: this service has nothing else to do, and nothing is lost while it waits.</summary>
    private async Task PersistAsync(Func<CancellationToken, Task<bool>> attempt, CancellationToken stoppingToken)
    {
        for (var backOff = new BackOff(); ; await Task.Delay(backOff.Next(), clock, stoppingToken))
        {
            var began = clock.GetTimestamp();
            try
            {
                if (await attempt(stoppingToken))
                {
                    return;
                }
            }
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                LogStartingOver(broken);
            }

            backOff.ResetAfter(clock.GetElapsedTime(began));
        }
    }

    private async Task<bool> EnsureTopicsAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Its first half blocks for seconds when nobody answers.
            string[] topics = [_options.Topic, _options.DeadLetterTopic];
            await Task.Run(
                    () => KafkaTopics.EnsureAsync(kafka.BootstrapServers, topics, _options.Partitions), stoppingToken)
                .WaitAsync(stoppingToken);
            kafka.Answered();
            return true;
        }
        catch (KafkaException away) when (away.Error.IsLocalError && away.Error.Code is not ErrorCode.Local_UnsupportedFeature)
        {
            kafka.Lost(away.Error.Reason);
            return false;
        }
        catch (KafkaException refused)
        {
            LogTopicsRefused(_options.Topic, _options.DeadLetterTopic, refused.Error.Reason);
            return true;
        }
    }

    private Task<bool> TakePartAsync(Lanes<Delivery> lanes, CancellationToken stoppingToken) =>
        Task.Factory.StartNew(
            () =>
            {
                using var member = new GroupMember(MemberConfig(), _options, lanes, interruptions, kafka, clock, logger);
                member.Run(stoppingToken);
                return stoppingToken.IsCancellationRequested; // or it was stranded, and the next one may do better
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    private ConsumerConfig MemberConfig()
    {
        var config = KafkaClients.ConsumerConfig(configuration, "kafka", _options.GroupId);
        config.GroupInstanceId = _options.GroupInstanceId;
        config.SessionTimeoutMs = (int)_options.SessionTimeout.TotalMilliseconds;
        config.HeartbeatIntervalMs = config.SessionTimeoutMs / 4;
        config.FetchWaitMaxMs = (int)_options.FetchWait.TotalMilliseconds;
        config.StatisticsIntervalMs = 1000;
        config.ReconnectBackoffMs = 100;
        config.ReconnectBackoffMaxMs = 2000;
        config.SocketKeepaliveEnable = true;
        return config;
    }

    [LoggerMessage(LogLevel.Warning,
        "Kafka would not create {Topic} and {DeadLetterTopic}: {Reason}. Create them, or allow it; going on without.")]
    private partial void LogTopicsRefused(string topic, string deadLetterTopic, string reason);

    [LoggerMessage(LogLevel.Error, "The intake broke off and starts over.")]
    private partial void LogStartingOver(Exception exception);
}
