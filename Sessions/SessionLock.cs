using Platform.ServiceDefaults.Redis;
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
        var lease = new RedisLease(redis, SessionKeys.Lock(sessionKey), Lease);
        while (!await lease.TryTakeAsync().WaitAsync(cancellationToken))
        {
            await Task.Delay(BetweenAttempts, clock, cancellationToken);
        }

        return new Held(lease, clock);
    }

    private sealed class Held : IAsyncDisposable
    {
        private readonly RedisLease _lease;
        private readonly ITimer _renewal;

        public Held(RedisLease lease, TimeProvider clock)
        {
            _lease = lease;
            _renewal = clock.CreateTimer(_ => _ = TryAsync(_lease.TryRenewAsync), null, Renewal, Renewal);
        }

        public async ValueTask DisposeAsync()
        {
            await _renewal.DisposeAsync();
            await TryAsync(_lease.ReleaseAsync);
        }

        // When Redis is away, the lease ends by itself.
        private static async Task TryAsync(Func<Task> work)
        {
            try
            {
                await work();
            }
            catch (Exception away) when (away is RedisException or TimeoutException or ObjectDisposedException)
            {
                SessionsTelemetry.LocksLost.Add(1);
            }
        }
    }
}
