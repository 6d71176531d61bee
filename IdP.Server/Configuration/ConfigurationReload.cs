namespace Platform.IdP.Configuration;

/// <summary>
/// Takes up what people and other processes write to the files that are watched. A file that cannot be used is reported
/// once, with line and reason; what was in force stays so.
/// </summary>
internal sealed partial class ConfigurationReload(
    IEnumerable<WatchedFile> files, TimeProvider clock, ILogger<ConfigurationReload> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyList<WatchedFile> _files = [.. files];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var file in _files.Where(file => file.IsDue()))
                {
                    TakeUp(file);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private void TakeUp(WatchedFile file)
    {
        try
        {
            LogTakenUp(file.Name, file.TakeUp());
        }
        catch (ConfigurationFileException broken)
        {
            LogBroken(file.Name, broken.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "{File} has changed: {InForce} are in force.")]
    private partial void LogTakenUp(string file, string inForce);

    [LoggerMessage(LogLevel.Error, "{File} has changed, but cannot be used; what was in force stays so. {Fault}")]
    private partial void LogBroken(string file, string fault);
}
