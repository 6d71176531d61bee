using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Platform.Bff.Keys;

/// <summary>
/// The keys by which the BFF is known at its providers. Requests read a snapshot; it is renewed at short intervals, and what
/// is due is done by the replica that notices it first.
/// </summary>
internal sealed partial class ClientKeys(
    KeyRingStore store, ConfiguredKeys configured, IOptions<ClientKeyOptions> options, TimeProvider clock, ILogger<ClientKeys> logger)
    : BackgroundService
{
    // Whoever asks for the keys again and again must not become work for Redis.
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    private volatile KeySnapshot? _current;

    /// <exception cref="RedisException">Redis is away, and has been since the start.</exception>
    public ValueTask<KeySnapshot> GetAsync(CancellationToken cancellationToken) =>
        _current is { } current ? ValueTask.FromResult(current) : new(RefreshAsync(cancellationToken));

    /// <summary>The keys with what other replicas did until a moment ago.</summary>
    /// <exception cref="RedisException">Redis is away.</exception>
    public ValueTask<KeySnapshot> LookAgainAsync(CancellationToken cancellationToken) =>
        _current is { } current && clock.GetUtcNow() - current.At < LookInterval
            ? ValueTask.FromResult(current)
            : new(RefreshAsync(cancellationToken));

    /// <summary>New keys at once; the old ones stay published.</summary>
    /// <exception cref="RedisException">Redis is away.</exception>
    public Task<KeySnapshot> RotateAsync(CancellationToken cancellationToken) =>
        ChangeAsync(ring => ring.KeptUp(clock.GetUtcNow(), options.Value).Rotated(clock.GetUtcNow()), cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.RefreshEvery, clock);
        try
        {
            do
            {
                await TryRefreshAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private Task<KeySnapshot> RefreshAsync(CancellationToken cancellationToken) =>
        ChangeAsync(ring => ring.KeptUp(clock.GetUtcNow(), options.Value), cancellationToken);

    private async Task TryRefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RefreshAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException or InvalidOperationException)
        {
            LogStale(fault.Message);
        }
    }

    private async Task<KeySnapshot> ChangeAsync(Func<KeyRing, KeyRing> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Of before the reading: what it does not show yet must not pass for known.
            var at = clock.GetUtcNow();
            var (ring, seen) = await store.ReadAsync(cancellationToken);
            var changed = change(ring);
            if (changed == ring || await store.TryReplaceAsync(seen, changed, cancellationToken))
            {
                Tell(ring, changed);
                return _current = new KeySnapshot(changed, configured.Keys, at);
            }
        }
    }

    private void Tell(KeyRing before, KeyRing after)
    {
        foreach (var made in after.Keys.Except(before.Keys))
        {
            LogMade(made.Use, made.Key.KeyId, made.ActiveFrom);
        }

        foreach (var removed in before.Keys.Except(after.Keys))
        {
            LogRemoved(removed.Use, removed.Key.KeyId);
        }
    }

    [LoggerMessage(LogLevel.Information, "A key was made ({Use}, {KeyId}); it signs from {ActiveFrom} on.")]
    private partial void LogMade(KeyUse use, string keyId, DateTimeOffset activeFrom);

    [LoggerMessage(LogLevel.Information, "A retired key was removed ({Use}, {KeyId}).")]
    private partial void LogRemoved(KeyUse use, string keyId);

    [LoggerMessage(LogLevel.Error, "The keys cannot be brought up to date; those known so far stay in force: {Fault}")]
    private partial void LogStale(string fault);
}
