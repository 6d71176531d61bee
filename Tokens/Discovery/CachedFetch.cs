namespace Platform.Tokens.Discovery;

/// <summary>
/// A document that is fetched when needed, kept for a while, and still used for a time when it cannot be renewed.
/// All callers at a time share one fetch, which none of them can cancel for the others.
/// </summary>
internal sealed class CachedFetch<T>(Func<Task<T>> fetch, TimeProvider clock) where T : class
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Usable = TimeSpan.FromHours(1);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private Copy? _copy;
    private Task<Copy>? _flight;
    private DateTimeOffset? _lastRenewal;

    /// <summary>The kept copy while it is fresh, else a new one.</summary>
    public ValueTask<T> GetAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref _copy) is { } copy && copy.Age(clock) < Fresh
            ? new ValueTask<T>(copy.Value)
            : AnyAsync(cancellationToken);

    /// <summary>
    /// One that was asked for after <paramref name="since"/>, but not within 30 seconds of the last renewal; then, and
    /// when the provider is away, the kept copy comes back, and is not recent.
    /// </summary>
    public async ValueTask<Renewal> RenewAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _copy) is { } kept && kept.AskedAt > since)
        {
            return new Renewal(kept.Value, IsRecent: true);
        }

        var (copy, isOwn) = await JoinAsync(TimeSpan.Zero, cancellationToken);
        return new Renewal(copy.Value, isOwn || copy.AskedAt > since);
    }

    private async ValueTask<T> AnyAsync(CancellationToken cancellationToken) =>
        (await JoinAsync(Fresh, cancellationToken)).Copy.Value;

    private async ValueTask<(Copy Copy, bool IsOwn)> JoinAsync(TimeSpan fresh, CancellationToken cancellationToken)
    {
        var (copy, flight, isOwn) = Begin(fresh);
        if (flight is null)
        {
            return (copy!, isOwn);
        }

        try
        {
            return (await flight.WaitAsync(cancellationToken), isOwn);
        }
        catch (ProviderUnavailableException) when (copy is not null && copy.Age(clock) < Usable)
        {
            // The provider is away. Its keys do not change for that, but a withdrawn one must not live forever.
            return (copy, IsOwn: false);
        }
    }

    private (Copy? Copy, Task<Copy>? Flight, bool IsOwn) Begin(TimeSpan fresh)
    {
        lock (_lock)
        {
            if (_flight is { IsCompleted: false })
            {
                return (_copy, _flight, IsOwn: false);
            }

            if (_copy is not null)
            {
                var age = _copy.Age(clock);
                if (age < fresh || (age < Usable && clock.GetUtcNow() - _lastRenewal < Interval))
                {
                    return (_copy, null, IsOwn: false);
                }

                // The first fetch does not count: a key may be new when the receiver is.
                _lastRenewal = clock.GetUtcNow();
            }

            return (_copy, _flight = FetchAsync(clock.GetUtcNow()), IsOwn: true);
        }
    }

    private async Task<Copy> FetchAsync(DateTimeOffset askedAt)
    {
        // The fetch starts outside of the lock.
        await Task.Yield();
        var copy = new Copy(await fetch(), askedAt, clock.GetUtcNow());
        Volatile.Write(ref _copy, copy);
        return copy;
    }

    /// <param name="IsRecent">Whether what is not in it was not there at the time in question.</param>
    public readonly record struct Renewal(T Value, bool IsRecent);

    private sealed record Copy(T Value, DateTimeOffset AskedAt, DateTimeOffset FetchedAt)
    {
        public TimeSpan Age(TimeProvider clock) => clock.GetUtcNow() - FetchedAt;
    }
}
