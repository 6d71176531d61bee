using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Feed;
using Aspire.Hosting.Run;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Aspire's own dashboard, started out of the Aspire CLI's bundle and fed by this engine.</summary>
internal sealed partial class AspireDashboard(
    RunContext context, DistributedApplicationOptions options, ResourceCommandService commands, Interactions interactions, Watchdog watchdog,
    ILogger<AspireDashboard> logger) : IDashboard
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private GrpcServer? _feed;
    private DashboardProcess? _process;
    private Task _watching = Task.CompletedTask;
    private bool _disposed;

    public async Task<DashboardAddresses?> StartAsync(CancellationToken cancellationToken)
    {
        switch (DashboardLocation.Find(context.Configuration, context.AppHostAssembly))
        {
            case DashboardLocation.Found(var program):
                return await StartAsync(program, cancellationToken);

            case DashboardLocation.Missing(var reason):
                LogMissing(reason);
                return null;

            default:
                return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _stop.CancelAsync();
        if (_process is not null)
        {
            using var impatience = new CancellationTokenSource(Farewell, context.Clock);
            await _process.StopAsync(impatience.Token);
        }

        await _watching;
        await (_feed?.DisposeAsync() ?? ValueTask.CompletedTask);
        _stop.Dispose();
    }

    private async Task<DashboardAddresses> StartAsync(string program, CancellationToken cancellationToken)
    {
        var settings = DashboardSettings.Prepare(context.Configuration, context.Options.RandomizePorts);
        var name = options.DashboardApplicationName ?? context.AppHostAssembly?.GetName().Name ?? "AppHost";
        var feed = new ResourceFeed(name, context.Model, context.Notifications, context.Logs, commands, interactions, SecretMask.Of(context.Model));
        _feed = new(settings.FeedKey, feed.Methods, context.Clock, logger);
        var feedUrl = await _feed.StartAsync(cancellationToken);

        _process = new(program, settings, feedUrl, watchdog, context.Clock);
        _process.Start();
        var ready = WaitUntilReadyAsync(_process);
        _watching = WatchAsync(_process, ready);
        return new(new Uri(settings.FrontEnd, $"/login?t={settings.BrowserToken}"), settings.OtlpGrpc, settings.OtlpKey)
        {
            Ready = ready,
        };
    }

    private async Task WaitUntilReadyAsync(DashboardProcess process)
    {
        using var patience = new CancellationTokenSource(Patience, context.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _stop.Token);
        try
        {
            await process.WaitUntilReadyAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            if (!_stop.IsCancellationRequested)
            {
                LogSlow(Patience.TotalSeconds, process.LastLines);
            }
        }
    }

    /// <summary>The application is useful without it: its end is worth a line, no more.</summary>
    private async Task WatchAsync(DashboardProcess process, Task ready)
    {
        var exitCode = await process.Exited;
        await ready;
        if (!_stop.IsCancellationRequested)
        {
            LogEnded(exitCode, process.LastLines);
        }
    }

    [LoggerMessage(LogLevel.Warning, "There is no dashboard. {Reason}.")]
    private partial void LogMissing(string reason);

    [LoggerMessage(LogLevel.Warning, "The dashboard does not answer after {Seconds} s. It said: {LastLines}")]
    private partial void LogSlow(double seconds, string lastLines);

    [LoggerMessage(LogLevel.Warning, "The dashboard ended with exit code {ExitCode}. It said: {LastLines}")]
    private partial void LogEnded(int exitCode, string lastLines);
}
