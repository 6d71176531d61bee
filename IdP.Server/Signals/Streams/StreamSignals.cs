using System.Collections.Concurrent;
using StackExchange.Redis;

namespace Platform.IdP.Signals.Streams;

/// <summary>Wakes whoever waits for a stream's next event, in whichever process it was queued.</summary>
internal sealed partial class StreamSignals(IConnectionMultiplexer redis, ILogger<StreamSignals> logger) : IHostedService
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);

    /// <summary>Raised for every stream: for those who look after all of them.</summary>
    public WorkSignal Any { get; } = new();

    /// <summary>Completes with the next event of the stream. Ask first and look into the queue then, so that none is missed.</summary>
    public Task NextAsync(string streamId) =>
        _waiting.GetOrAdd(streamId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Wake(string streamId)
    {
        if (_waiting.TryRemove(streamId, out var waiting))
        {
            waiting.SetResult();
        }

        Any.Raise();
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await redis.GetSubscriber().SubscribeAsync(Outbox.MovedChannel, OnMoved);
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            // Whoever waits looks for himself now and then.
            LogDeaf(away.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void OnMoved(RedisChannel channel, RedisValue destination)
    {
        if (StreamQueue.StreamOf((string)destination!) is { } streamId)
        {
            Wake(streamId);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Events of streams are found a little later, as Redis was away at the start: {Reason}")]
    private partial void LogDeaf(string reason);
}
