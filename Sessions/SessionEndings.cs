using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace Platform.Sessions;

/// <summary>
/// Tells this process of sessions that ended, wherever they were ended: one subscription, shared by all who wait.
/// Publications are lost while the connection is, so after each reconnection those who wait are checked one by one.
/// </summary>
public sealed partial class SessionEndings(
    IConnectionMultiplexer redis, TimeProvider? clock = null, ILogger<SessionEndings>? logger = null) : IAsyncDisposable
{
    private const int Attempts = 50;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(100);

    private readonly EndingListeners _listeners = new();
    private readonly Suspicions _suspicions = new();
    private event Action<EndedMessage>? Published;
    private readonly ILogger _logger = logger ?? NullLogger<SessionEndings>.Instance;
    private readonly Lock _subscribing = new();
    private volatile bool _subscribed;

    /// <summary>
    /// Calls <paramref name="ended"/> once the session is gone; dispose to stop waiting. Whoever wants to miss nothing
    /// registers first and looks the session up afterwards.
    /// </summary>
    /// <exception cref="RedisException">The first registration of the process needs Redis to answer.</exception>
    public IDisposable OnEnded(string sessionKey, Action ended)
    {
        EnsureSubscribed();
        return _listeners.Add(sessionKey, ended);
    }

    /// <summary>
    /// Calls <paramref name="suspected"/> each time that something of one of these names ended or changed, or may have.
    /// </summary>
    internal IDisposable OnSuspicion(IReadOnlyList<string> names, Action suspected)
    {
        EnsureSubscribed();
        return _suspicions.Add(names, suspected);
    }

    /// <summary>Calls <paramref name="heard"/> at every publication; dispose to stop.</summary>
    internal IDisposable OnEveryEnding(Action<EndedMessage> heard)
    {
        EnsureSubscribed();
        Published += heard;
        return new Hearing(this, heard);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        lock (_subscribing)
        {
            if (!_subscribed)
            {
                return;
            }

            _subscribed = false;
        }

        redis.ConnectionRestored -= OnRestored;
        try
        {
            await redis.GetSubscriber().UnsubscribeAsync(EndedMessage.Channel, OnPublished);
        }
        catch (Exception away) when (away is RedisException or TimeoutException or ObjectDisposedException)
        {
            // Nothing is left to unsubscribe from.
        }
    }

    // Synchronous, once in a process: a registration that returned before Redis knew of the subscription could miss
    // the only publication.
    private void EnsureSubscribed()
    {
        lock (_subscribing)
        {
            if (!_subscribed)
            {
                redis.GetSubscriber().Subscribe(EndedMessage.Channel, OnPublished);
                redis.ConnectionRestored += OnRestored;
                _subscribed = true;
            }
        }
    }

    private void OnPublished(RedisChannel channel, RedisValue value)
    {
        var message = EndedMessage.Parse((string?)value ?? "");
        using var activity = SessionsTelemetry.Source.StartActivity(
            "sessions ended", ActivityKind.Consumer, message.Context, SessionsTelemetry.OfChannel);
        SessionsTelemetry.EndingsSeen.Add(1);
        Published?.Invoke(message);
        if (message is { Number: > 0, IsEnd: true })
        {
            var delay = (clock ?? TimeProvider.System).GetUtcNow() - message.OccurredAt;
            SessionsTelemetry.EndingDelay.Record(Math.Max(0, delay.TotalSeconds));
        }

        foreach (var name in message.Names)
        {
            _suspicions.Tell(name);
        }

        if (message.IsEnd)
        {
            LogSeen(message.Names.Sum(_listeners.Tell));
        }
    }

    /// <summary>Checks one by one those who wait, because a publication may have been lost.</summary>
    internal void CheckAll() => _ = CheckAllAsync();

    private void OnRestored(object? sender, ConnectionFailedEventArgs restored) => CheckAll();

    // The client announces a restored connection a moment before it lends it out, and its two connections one after
    // the other: hence the attempts. When all fail, the connection is gone again and will be announced again.
    private async Task CheckAllAsync()
    {
        for (var attempt = 0; attempt < Attempts && _subscribed; attempt++)
        {
            try
            {
                // Answered on the subscription's own connection, hence after it subscribed again.
                await redis.GetSubscriber().PingAsync();
                foreach (var key in _listeners.Keys)
                {
                    if (!await redis.GetDatabase().KeyExistsAsync(SessionKeys.Session(key)))
                    {
                        _listeners.Tell(key);
                    }
                }

                _suspicions.TellAll();
                return;
            }
            catch (Exception away) when (away is RedisException or TimeoutException or ObjectDisposedException)
            {
                await Task.Delay(BetweenAttempts, TimeProvider.System);
            }
        }
    }

    private sealed class Hearing(SessionEndings endings, Action<EndedMessage> heard) : IDisposable
    {
        public void Dispose() => endings.Published -= heard;
    }

    [LoggerMessage(LogLevel.Information, "Sessions ended; {Told} open event stream(s) of this process are told.")]
    private partial void LogSeen(int told);
}
