using System.Text.Json;
using StackExchange.Redis;

namespace Platform.IdP.Signals.Delivery;

/// <summary>
/// The events that wait for one destination, oldest first. Like the outbox it has no time to live, because nothing in it may be
/// lost; who takes a destination away deletes its queue.
/// </summary>
internal sealed class EventQueue(IConnectionMultiplexer redis, string destination)
{
    private const string Prefix = "idp:events:";

    /// <summary>Long enough for one delivery; whoever dies holds the others up no longer than this.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly RedisKey _key = KeyOf(destination);
    private readonly RedisKey _leaseKey = $"{KeyOf(destination)}:lease";
    private readonly RedisValue _owner = Guid.NewGuid().ToString("N");

    private IDatabase Database => redis.GetDatabase();

    public static string KeyOf(string destination) => Prefix + destination;

    /// <summary>The oldest entry, and its form in the queue.</summary>
    public async Task<QueuedEvent?> PeekAsync() => (await PeekAsync(1)).SingleOrDefault();

    public async Task<IReadOnlyList<QueuedEvent>> PeekAsync(int most) =>
        [.. (await Database.ListRangeAsync(_key, 0, most - 1)).Select(raw => new QueuedEvent(
            JsonSerializer.Deserialize((string)raw!, SecurityEventJson.Default.SecurityEvent)!, (string)raw!))];

    public Task RemoveAsync(QueuedEvent entry) => Database.ListRemoveAsync(_key, entry.Raw, count: 1);

    public Task<long> CountAsync() => Database.ListLengthAsync(_key);

    public Task DeleteAsync() => Database.KeyDeleteAsync(_key);

    public Task<bool> TryTakeLeaseAsync() => Database.LockTakeAsync(_leaseKey, _owner, Lease);

    public Task<bool> RenewLeaseAsync() => Database.LockExtendAsync(_leaseKey, _owner, Lease);

    public Task ReleaseLeaseAsync() => Database.LockReleaseAsync(_leaseKey, _owner);
}

/// <param name="Raw">By which it is found again, to be removed.</param>
internal sealed record QueuedEvent(SecurityEvent Event, string Raw);
