using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Platform.Caep.Events;
using Platform.Caep.Policy;
using Platform.Tokens.SecurityEvents;
using StackExchange.Redis;

namespace Platform.Caep.Recent;

/// <summary>
/// The last events and what each did, of all consumers, in Redis. Written beside the events and never waited for: when it
/// cannot keep up, or Redis is away, the list has gaps, and no event waits.
/// </summary>
internal sealed class RecentEvents : BackgroundService
{
    private const string Key = "caep:recent";

    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    private readonly Channel<RecentEvent> _waiting;
    private readonly IConnectionMultiplexer _redis;
    private readonly int _most;
    private readonly TimeProvider _clock;

    public RecentEvents(IConnectionMultiplexer redis, IOptions<SignalsOptions> options, TimeProvider clock)
    {
        (_redis, _most, _clock) = (redis, options.Value.RecentEvents, clock);
        _waiting = Channel.CreateBounded<RecentEvent>(new BoundedChannelOptions(_most) { FullMode = BoundedChannelFullMode.DropOldest });
    }

    /// <param name="token">None where it was not even a valid one.</param>
    public void Add(Door door, SecurityEventToken? token, EventOutcome outcome)
    {
        if (outcome is EventOutcome.Postponed)
        {
            return; // it comes again
        }

        var applied = outcome as EventOutcome.Applied;
        var poison = outcome as EventOutcome.Poison;
        _waiting.Writer.TryWrite(new RecentEvent(
            _clock.GetUtcNow(),
            door.Name,
            outcome.Name,
            token?.JwtId,
            token?.Issuer ?? door.From?.Issuer,
            token?.EventType,
            token is null ? null : RedactedSubject.Of(token.Subject),
            token is null ? null : token.EventTimestamp ?? token.IssuedAt,
            applied?.Effect.Name(),
            applied?.Sessions,
            poison?.Error,
            poison?.Reason));
    }

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<RecentEvent>> ReadAsync(int count, CancellationToken cancellationToken)
    {
        var found = await _redis.GetDatabase().ListRangeAsync(Key, 0, Math.Min(count, _most) - 1).WaitAsync(cancellationToken);
        return [.. found.Select(each => JsonSerializer.Deserialize((string)each!, RecentJson.Default.RecentEvent)!)];
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                await WriteAsync();
                await Task.Delay(Together, _clock, stoppingToken); // many at once cost one trip
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await WriteAsync();
        }
    }

    private async Task WriteAsync()
    {
        List<RedisValue> events = [];
        while (_waiting.Reader.TryRead(out var each))
        {
            events.Add(JsonSerializer.Serialize(each, RecentJson.Default.RecentEvent));
        }

        if (events.Count == 0)
        {
            return;
        }

        try
        {
            var batch = _redis.GetDatabase().CreateBatch();
            var written = Task.WhenAll(
                batch.ListLeftPushAsync(Key, [.. events]), batch.ListTrimAsync(Key, 0, _most - 1), batch.KeyExpireAsync(Key, KeptFor));
            batch.Execute();
            await written;
        }
        catch (Exception away) when (away is RedisException or TimeoutException or ObjectDisposedException)
        {
            // What happened is in the log as well.
        }
    }
}
