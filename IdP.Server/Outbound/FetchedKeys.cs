using Platform.Tokens.Jose;

namespace Platform.IdP.Outbound;

/// <summary>
/// The key set of one address: fetched when needed, kept as long as its Cache-Control says within limits, and used for a
/// time when it cannot be renewed. All callers at a time share one fetch, which none of them can cancel for the others.
/// </summary>
internal sealed class FetchedKeys(Uri address, OutboundClient outbound, TimeProvider clock)
{
    private static readonly TimeSpan PresetAge = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LeastAge = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan GreatestAge = TimeSpan.FromHours(1);

    /// <summary>A withdrawn key must not live forever, even when its owner is away.</summary>
    private static readonly TimeSpan Usable = TimeSpan.FromHours(2);

    /// <summary>Between renewals that an unknown key, or an address that is dead, calls for.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>Between attempts at an address that never answered.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    public static readonly JsonWebKeySet Nothing = new([]);

    private readonly Lock _lock = new();
    private Copy? _copy;
    private Task<Copy?>? _flight;
    private DateTimeOffset? _lastRenewal;
    private DateTimeOffset? _failedAt;

    public Uri Address => address;

    public bool IsUsable => Volatile.Read(ref _copy) is { } copy && copy.Age(clock) < Usable;

    public ValueTask<JsonWebKeySet> GetAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref _copy) is { } copy && copy.Age(clock) < copy.Fresh
            ? ValueTask.FromResult(copy.Keys)
            : JoinAsync(isRenewal: false, cancellationToken);

    public ValueTask<JsonWebKeySet> RenewAsync(CancellationToken cancellationToken) => JoinAsync(isRenewal: true, cancellationToken);

    private async ValueTask<JsonWebKeySet> JoinAsync(bool isRenewal, CancellationToken cancellationToken)
    {
        var (copy, flight) = Begin(isRenewal);
        return ((flight is null ? null : await flight.WaitAsync(cancellationToken)) ?? copy)?.Keys ?? Nothing;
    }

    /// <summary>The copy that may be used, and the fetch to wait for.</summary>
    private (Copy? Copy, Task<Copy?>? Flight) Begin(bool isRenewal)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var copy = IsUsable ? _copy : null;
            if (_flight is { IsCompleted: false })
                return (copy, _flight);

            if (copy is null)
                return now - _failedAt < RetryInterval ? (null, null) : (null, _flight = FetchAsync());
            if ((!isRenewal && copy.Age(clock) < copy.Fresh) || now - _lastRenewal < Interval)
                return (copy, null);

            // The first fetch does not count: a key may be new when this server is.
            _lastRenewal = now;
            return (copy, _flight = FetchAsync());
        }
    }

    private async Task<Copy?> FetchAsync()
    {
        // The fetch starts outside of the lock.
        await Task.Yield();
        if (await outbound.GetAsync(address, CancellationToken.None) is not OutboundAnswer.Ok answer || Read(answer.Body) is not { } keys)
        {
            _failedAt = clock.GetUtcNow();
            return null;
        }

        var age = answer.MaxAge ?? PresetAge;
        var fresh = age < LeastAge ? LeastAge : age > GreatestAge ? GreatestAge : age;
        var copy = new Copy(keys, answer.Body, clock.GetUtcNow(), fresh);
        Volatile.Write(ref _copy, copy);
        return copy;
    }

    // The same text is the same keys: they are imported once.
    private JsonWebKeySet? Read(byte[] body)
    {
        if (_copy is { } copy && body.AsSpan().SequenceEqual(copy.Body))
        {
            return copy.Keys;
        }

        try
        {
            return JsonWebKeySet.Parse(body);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private sealed record Copy(JsonWebKeySet Keys, byte[] Body, DateTimeOffset FetchedAt, TimeSpan Fresh)
    {
        public TimeSpan Age(TimeProvider clock) => clock.GetUtcNow() - FetchedAt;
    }
}
