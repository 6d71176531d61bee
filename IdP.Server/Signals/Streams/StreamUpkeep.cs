using Microsoft.Extensions.Options;
using Platform.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Platform.IdP.Signals.Streams;

/// <summary>
/// Keeps the streams within their bounds: what is too much or too old is dropped, loudly; a stream whose receiver gives no
/// sign of life is paused (SSF 1.0 section 8.1.1); that of a client that is registered no longer goes.
/// </summary>
internal sealed partial class StreamUpkeep(
    IConnectionMultiplexer redis, StreamStore streams, StreamRecords records, StreamStatuses statuses, StreamGauges gauges,
    QueueBounds bounds, ClientRegistry clients, AuditLog audit, IOptions<StreamOptions> options, TimeProvider clock, ILogger<StreamUpkeep> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(1);

    // Another replica, or another version of it, may have clients.yaml as it was before or will be.
    private static readonly TimeSpan MissingFor = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, DateTimeOffset> _missingSince = new(StringComparer.Ordinal);
    private readonly RedisLease _turn = new(redis, "idp:ssf:upkeep", Turn);
    private DateTimeOffset _lookedThrough;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryKeepAllAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task TryKeepAllAsync()
    {
        try
        {
            var all = await streams.ListAsync();
            await gauges.MeasureAsync(all);
            if (all.Count == 0 || !await _turn.TryTakeAsync())
            {
                return;
            }

            var isThorough = clock.GetUtcNow() - _lookedThrough >= bounds.ThoroughInterval;
            foreach (var stream in all)
            {
                await KeepAsync(stream, isThorough);
            }

            _lookedThrough = isThorough ? clock.GetUtcNow() : _lookedThrough;

            await _turn.ReleaseAsync();
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            LogWaiting(away.Message);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            // What it stumbles over must not end the authorization server.
            LogBroken(bug);
        }
    }

    private async Task KeepAsync(EventStream stream, bool isThorough)
    {
        if (clients.Find(stream.ClientId) is not null)
        {
            _missingSince.Remove(stream.Id);
        }
        else
        {
            _missingSince.TryAdd(stream.Id, clock.GetUtcNow());
            if (clock.GetUtcNow() - _missingSince[stream.Id] < MissingFor)
            {
                return;
            }

            _missingSince.Remove(stream.Id);
            await streams.DeleteAsync(stream);
            audit.StreamChanged(stream.ClientId, stream.Id, "deleted, as the client is registered no longer");
            return;
        }

        if (stream.Status == StreamStatus.Disabled)
        {
            // An event may have been on its way when the stream was disabled. Written as it is, if it still is, it is emptied.
            await streams.ChangeAsync(stream.Id, now => now.Status == StreamStatus.Disabled ? now : null);
            return;
        }

        await bounds.KeepAsync(stream, isThorough);
        if (options.Value.InactivityTimeout > TimeSpan.Zero && stream.Status == StreamStatus.Enabled &&
            clock.GetUtcNow() - ((await records.ReadAsync(stream.Id)).LastSeen ?? stream.CreatedAt) > options.Value.InactivityTimeout)
        {
            await statuses.DecideAsync(stream.Id, StreamStatus.Paused, "The receiver has given no sign of life (inactivity_timeout).");
        }
    }

    [LoggerMessage(LogLevel.Error, "The streams cannot be looked after.")]
    private partial void LogBroken(Exception bug);

    [LoggerMessage(LogLevel.Warning, "The streams cannot be looked after: {Reason}")]
    private partial void LogWaiting(string reason);
}
