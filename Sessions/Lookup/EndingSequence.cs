using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Platform.Sessions.Lookup;

/// <summary>
/// Knows whether this process has heard of every ending. Each one has a number, which the script that ends sessions takes
/// in the same step; the highest is asked for all the time and compared with those that publications brought. What a
/// broken connection swallowed shows as a number that nobody announced.
/// </summary>
internal sealed class EndingSequence(IConnectionMultiplexer redis, TimeProvider clock) : BackgroundService
{
    /// <summary>No session that has ended is accepted for longer.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly SortedSet<long> _ahead = [];
    private long _heard;
    private long _awaited = long.MaxValue; // the first answer is believed at once
    private long _confirmedAt;
    private volatile bool _confirmed;

    /// <summary>Endings were missed: what is kept of any session cannot be relied on.</summary>
    public event Action? Missed;

    /// <summary>Whether all endings until a moment ago are known here.</summary>
    public bool IsCurrent => _confirmed && clock.GetElapsedTime(Volatile.Read(ref _confirmedAt)) < Validity;

    /// <summary>A publication has come, and what it says has been done.</summary>
    public void Hear(long number)
    {
        lock (_lock)
        {
            // Publications of several processes may overtake each other.
            if (number > _heard)
            {
                _ahead.Add(number);
            }

            while (_ahead.Remove(_heard + 1))
            {
                _heard++;
            }
        }
    }

    /// <summary>Asks for the number of the last ending, once.</summary>
    public async Task ConfirmAsync()
    {
        var (asked, heard) = (clock.GetTimestamp(), Heard);
        RedisValue last;
        bool isNew;
        try
        {
            var database = redis.GetDatabase();
            last = await database.StringGetAsync(SessionKeys.Endings);
            isNew = last.IsNull;
            if (isNew)
            {
                last = await BeginAsync(database);
            }
        }
        catch (Exception away) when (away is RedisException or TimeoutException or ObjectDisposedException)
        {
            _confirmed = false;
            return;
        }

        Compare(asked, heard, (long)last, isNew);
    }

    // No count: Redis has lost it, and sessions with it. The time is a beginning that others find to be ahead of theirs.
    private async Task<RedisValue> BeginAsync(IDatabase database)
    {
        await database.StringSetAsync(
            SessionKeys.Endings, clock.GetUtcNow().ToUnixTimeMilliseconds(), TimeSpan.FromDays(1), When.NotExists);
        return await database.StringGetAsync(SessionKeys.Endings);
    }

    private long Heard
    {
        get
        {
            lock (_lock)
            {
                return _heard;
            }
        }
    }

    private void Compare(long asked, long heardBefore, long last, bool isNew)
    {
        lock (_lock)
        {
            // A publication is a moment later than its number: it may take until the next question.
            if (!isNew && last > _heard && _awaited <= _heard)
            {
                _awaited = last;
                return;
            }

            // Not heard of in all that time; or Redis has lost its count, and who knows what with it.
            if (isNew || last > _heard || last < heardBefore)
            {
                _heard = last;
                _ahead.RemoveWhere(number => isNew || number <= last || last < heardBefore);
                Missed?.Invoke();
            }

            _awaited = last;
            Volatile.Write(ref _confirmedAt, asked);
            _confirmed = true;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                await ConfirmAsync();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            _confirmed = false;
        }
    }
}
