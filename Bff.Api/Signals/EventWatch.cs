using Platform.Sessions;
using StackExchange.Redis;

namespace Platform.Bff.Signals;

/// <summary>Listens for the sign of life of those who apply security events, beside all calls.</summary>
internal sealed class EventWatch(EventsApplied applied, EventSilence silence, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                await ListenAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Nobody is served any more.
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        try
        {
            silence.Hear(await applied.LastAsync(cancellationToken));
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            silence.HearNothing();
        }
    }
}
