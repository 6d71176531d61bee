using StackExchange.Redis;

namespace Platform.Sessions;

/// <summary>
/// The sign of life of those who apply security events to sessions, for those who rely on them. It never goes by itself: one who
/// died is told from one that there never was.
/// </summary>
public sealed class EventsApplied(IConnectionMultiplexer redis)
{
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Says that every event that has come by then is applied. Of several who say so, the last counts.</summary>
    public Task SayAsync(DateTimeOffset until, CancellationToken cancellationToken) => redis.GetDatabase()
        .StringSetAsync(SessionKeys.EventsAppliedUntil, until.ToUnixTimeMilliseconds()).WaitAsync(cancellationToken);

    /// <summary>What was said last, by the clock of whoever said it; null when nobody ever did, or what is there is no time.</summary>
    public async Task<DateTimeOffset?> LastAsync(CancellationToken cancellationToken) =>
        await redis.GetDatabase().StringGetAsync(SessionKeys.EventsAppliedUntil).WaitAsync(cancellationToken) is { IsNull: false } until &&
        until.TryParse(out long milliseconds) && milliseconds >= 0 && milliseconds <= Latest
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
}
