using Platform.IdP.Resources;

namespace Platform.IdP.Clients;

/// <summary>
/// Takes up what people and other processes write to clients.yaml. A file that cannot be used is reported once, with
/// line and reason; the clients that were in force stay so.
/// </summary>
internal sealed partial class ClientsReload(
    ConfigurationFile file, ResourceRegistry resources, ClientRegistry clients, TimeProvider clock,
    ILogger<ClientsReload> logger) : BackgroundService
{
    /// <summary>A look at the file's date: notifications do not reach every kind of mounted folder.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private (DateTime Written, long Length) _seen = Look(file.Path);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                ReloadIfChanged();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private void ReloadIfChanged()
    {
        var now = Look(file.Path);
        if (now == _seen)
        {
            return;
        }

        _seen = now;
        try
        {
            clients.Replace(ClientsFile.ReadAll(file, resources));
            LogReloaded(clients.Count);
        }
        catch (ConfigurationFileException broken)
        {
            LogBroken(broken.Message);
        }
    }

    private static (DateTime, long) Look(string path)
    {
        var info = new FileInfo(path);
        return info.Exists ? (info.LastWriteTimeUtc, info.Length) : default;
    }

    [LoggerMessage(LogLevel.Information, "clients.yaml has changed: {Count} clients are in force.")]
    private partial void LogReloaded(int count);

    [LoggerMessage(LogLevel.Error, "clients.yaml has changed, but cannot be used; the former clients stay in force. {Fault}")]
    private partial void LogBroken(string fault);
}
