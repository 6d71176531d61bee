namespace Platform.IdP.Signals.Delivery;

/// <summary>Works whenever it is woken, and looks now and then for what another process left behind.</summary>
internal abstract partial class EventWorker(WorkSignal signal, TimeProvider clock, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var poll = clock.CreateTimer(_ => signal.Raise(), null, TimeSpan.Zero, PollInterval);
        var pause = FirstPause;
        try
        {
            while (true)
            {
                await signal.WaitAsync(stoppingToken);
                if (await WorkAsync(stoppingToken))
                {
                    pause = FirstPause;
                    continue;
                }

                await Task.Delay(pause, clock, stoppingToken);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                signal.Raise();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; what is left waits for the next start.
        }
    }

    /// <summary>Does all that there is to do; false when something that it needs is away.</summary>
    protected abstract Task<bool> TryWorkAsync(CancellationToken cancellationToken);

    private async Task<bool> WorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await TryWorkAsync(cancellationToken);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            // What one worker stumbles over must not end the authorization server. It is tried again, and said again.
            LogBroken(GetType().Name, bug);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "{Worker} cannot go on.")]
    private partial void LogBroken(string worker, Exception bug);
}
