using Microsoft.AspNetCore.DataProtection;
using StackExchange.Redis;

namespace Platform.Sessions.Listing;

/// <summary>The sessions of one user, as Redis has them.</summary>
public sealed class SessionList(IConnectionMultiplexer redis, IDataProtectionProvider protection, TimeProvider clock)
{
    private const int Most = 200;

    private static readonly RedisValue[] Fields = ["about", "seen"];

    private readonly ListingSeal _seal = new(protection);

    /// <summary>Those that live, the one that was used last first; of very many, those that live longest.</summary>
    public async Task<IReadOnlyList<ListedSession>> ReadAsync(string issuer, string subject, CancellationToken cancellationToken)
    {
        var database = redis.GetDatabase();
        var keys = await database.SortedSetRangeByScoreWithScoresAsync(
            SessionKeys.OfSubject(issuer, subject), clock.GetUtcNow().ToUnixTimeMilliseconds(), order: Order.Descending,
            exclude: Exclude.Start, take: Most).WaitAsync(cancellationToken);
        var sessions = await Task.WhenAll(keys.Select(key => ReadAsync(database, key))).WaitAsync(cancellationToken);
        return [.. sessions.OfType<ListedSession>().OrderByDescending(session => session.SeenAt)];
    }

    private async Task<ListedSession?> ReadAsync(IDatabase database, SortedSetEntry indexed)
    {
        var key = (string)indexed.Element!;
        var name = SessionKeys.Session(key);

        // The index still names sessions whose idle end has come.
        if (await database.HashGetAsync(name, Fields) is not [var about, { IsNull: false } seen])
        {
            return null;
        }

        var entry = _seal.Open(about, name);
        return new ListedSession(
            key, entry?.CreatedAt, DateTimeOffset.FromUnixTimeMilliseconds((long)seen),
            DateTimeOffset.FromUnixTimeMilliseconds((long)indexed.Score), entry?.Device);
    }
}
