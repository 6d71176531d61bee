using System.Text.Json;
using Platform.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Platform.IdP.Signals.Delivery;

/// <summary>
/// The events that wait for one destination, oldest first. Like the outbox it has no time to live, because nothing in it may be
/// lost; who takes a destination away deletes its queue.
/// </summary>
internal sealed class EventQueue(IConnectionMultiplexer redis, UnreadableEntries unreadable, string destination)
{
    private const string Prefix = "idp:events:";

    /// <summary>Whoever dies holds the others up no longer than this; who lives renews it, however long a delivery takes.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Renewal = Lease / 4;

    private readonly RedisKey _key = KeyOf(destination);
    private readonly RedisLease _lease = new(redis, $"{KeyOf(destination)}:lease", Lease);
    private ITimer? _renewal;

    private IDatabase Database => redis.GetDatabase();

    public static string KeyOf(string destination) => Prefix + destination;

    /// <summary>The oldest entry, and its form in the queue.</summary>
    public async Task<QueuedEvent?> PeekAsync() => (await PeekAsync(1)).SingleOrDefault();

    public Task<IReadOnlyList<QueuedEvent>> PeekAsync(int most) => PeekAsync(0, most);

    /// <summary>As above, behind so many others. What cannot be read is set aside, and what stands behind it moves up.</summary>
    public async Task<IReadOnlyList<QueuedEvent>> PeekAsync(long first, int most)
    {
        while (true)
        {
            var raw = await Database.ListRangeAsync(_key, first, first + most - 1);
            var read = await ReadAsync(raw);
            if (read.Count == raw.Length)
            {
                return read;
            }
        }
    }

    /// <summary>False when another process, or a bound of the queue, was first.</summary>
    public async Task<bool> RemoveAsync(QueuedEvent entry) => await Database.ListRemoveAsync(_key, entry.Raw, count: 1) > 0;

    public Task<long> CountAsync() => Database.ListLengthAsync(_key);

    public async Task<bool> TryTakeLeaseAsync()
    {
        if (!await _lease.TryTakeAsync())
        {
            return false;
        }

        // A lease lives in real time, as Redis does.
        _renewal?.Dispose();
        _renewal = TimeProvider.System.CreateTimer(_ => _ = KeepLeaseAsync(), null, Renewal, Renewal);
        return true;
    }

    public Task<bool> RenewLeaseAsync() => _lease.TryRenewAsync();

    public async Task ReleaseLeaseAsync()
    {
        if (_renewal is not null)
        {
            await _renewal.DisposeAsync();
        }

        await _lease.ReleaseAsync();
    }

    private async Task<List<QueuedEvent>> ReadAsync(RedisValue[] entries)
    {
        var read = new List<QueuedEvent>(entries.Length);
        foreach (var raw in entries)
        {
            try
            {
                read.Add(QueuedEvent.Read(raw!));
            }
            catch (JsonException fault)
            {
                await unreadable.SetAsideAsync(_key, raw, fault.Message);
            }
        }

        return read;
    }

    private async Task KeepLeaseAsync()
    {
        try
        {
            await RenewLeaseAsync();
        }
        catch (Exception away) when (away is RedisException or TimeoutException or ObjectDisposedException)
        {
            // It ends by itself; whoever delivers finds out before the next entry.
        }
    }
}
