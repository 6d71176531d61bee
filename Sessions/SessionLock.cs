using System.Security.Cryptography;
using StackExchange.Redis;

namespace Platform.Sessions;

/// <summary>
/// Lets one process at a time change a session's tokens. The lease is renewed while it is held, so that slow work does not
/// lose it, and ends by itself when the holder dies.
/// </summary>
public sealed class SessionLock(IConnectionMultiplexer redis, TimeProvider clock)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Renewal = Lease / 4;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(25);

    /// <summary>Waits for its turn; dispose what comes back to give way.</summary>
    public async Task<IAsyncDisposable> TakeAsync(string sessionKey, CancellationToken cancellationToken)
    {
        var name = SessionKeys.Lock(sessionKey);
        RedisValue holder = RandomNumberGenerator.GetHexString(32);
        while (!await redis.GetDatabase().LockTakeAsync(name, holder, Lease).WaitAsync(cancellationToken))
        {
            await Task.Delay(BetweenAttempts, clock, cancellationToken);
        }

        return new Held(redis, name, holder, clock);
    }

    private sealed class Held : IAsyncDisposable
    {
        private readonly IConnectionMultiplexer _redis;
        private readonly string _name;
        private readonly RedisValue _holder;
        private readonly ITimer _renewal;

        public Held(IConnectionMultiplexer redis, string name, RedisValue holder, TimeProvider clock)
        {
            (_redis, _name, _holder) = (redis, name, holder);
            _renewal = clock.CreateTimer(_ => _ = RenewAsync(), null, Renewal, Renewal);
        }

        public async ValueTask DisposeAsync()
        {
            await _renewal.DisposeAsync();
            await TryAsync(database => database.LockReleaseAsync(_name, _holder));
        }

        private Task RenewAsync() => TryAsync(database => database.LockExtendAsync(_name, _holder, Lease));

        // When Redis is away, the lease ends by itself.
        private async Task TryAsync(Func<IDatabase, Task> work)
        {
            try
            {
                await work(_redis.GetDatabase());
            }
            catch (Exception away) when (away is RedisException or TimeoutException or ObjectDisposedException)
            {
                SessionsTelemetry.LocksLost.Add(1);
            }
        }
    }
}
