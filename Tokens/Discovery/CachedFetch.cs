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
    private Task<T>? _flight;
    private DateTimeOffset? _lastRenewal;

    /// <summary>The kept copy while it is fresh, else a new one.</summary>
    public ValueTask<T> GetAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref _copy) is { } copy && copy.Age(clock) < Fresh
            ? new ValueTask<T>(copy.Value)
            : JoinAsync(Fresh, cancellationToken);

    /// <summary>A new one, but not within 30 seconds of the last renewal; then the kept copy has to do.</summary>
    public ValueTask<T> RenewAsync(CancellationToken cancellationToken) => JoinAsync(TimeSpan.Zero, cancellationToken);

    private async ValueTask<T> JoinAsync(TimeSpan fresh, CancellationToken cancellationToken)
    {
        var (copy, flight) = Begin(fresh);
        if (flight is null)
        {
            return copy!.Value;
        }

        try
        {
            return await flight.WaitAsync(cancellationToken);
        }
        catch (ProviderUnavailableException) when (copy is not null && copy.Age(clock) < Usable)
        {
            // The provider is away. Its keys do not change for that, but a withdrawn one must not live forever.
            return copy.Value;
        }
    }

    private (Copy? Copy, Task<T>? Flight) Begin(TimeSpan fresh)
    {
        lock (_lock)
        {
            if (_flight is { IsCompleted: false })
            {
                return (_copy, _flight);
            }

            if (_copy is not null)
            {
                var age = _copy.Age(clock);
                if (age < fresh || (age < Usable && clock.GetUtcNow() - _lastRenewal < Interval))
                {
                    return (_copy, null);
                }

                // The first fetch does not count: a key may be new when the receiver is.
                _lastRenewal = clock.GetUtcNow();
            }

            return (_copy, _flight = FetchAsync());
        }
    }

    private async Task<T> FetchAsync()
    {
        // The fetch starts outside of the lock.
        await Task.Yield();
        var value = await fetch();
        Volatile.Write(ref _copy, new Copy(value, clock.GetUtcNow()));
        return value;
    }

    private sealed record Copy(T Value, DateTimeOffset FetchedAt)
    {
        public TimeSpan Age(TimeProvider clock) => clock.GetUtcNow() - FetchedAt;
    }
}
