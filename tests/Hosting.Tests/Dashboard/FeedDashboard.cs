using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Feed;
using Aspire.Hosting.Run;
using Microsoft.Extensions.Logging.Abstractions;

namespace Platform.Hosting.Tests.Dashboard;

/// <summary>The feed of an application that runs, for a test that takes the dashboard's place at its other end.</summary>
internal sealed class FeedDashboard(RunContext context, ResourceCommandService commands, Interactions interactions) : IDashboard
{
    private const string Key = "the-key-of-the-feed";
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private GrpcServer? _server;

    public async Task<DashboardAddresses?> StartAsync(CancellationToken cancellationToken)
    {
        var feed = new ResourceFeed(
            "Shop", context.Model, context.Notifications, context.Logs, commands, interactions, SecretMask.Of(context.Model));
        _server = new(Key, feed.Methods, context.Clock, NullLogger.Instance);
        var address = await _server.StartAsync(cancellationToken);
        _address.SetResult(address);
        return new(address, address, "unused");
    }

    public async Task<GrpcClient> ConnectAsync() => new(await _address.Task.WaitAsync(Deadline.Token), Key);

    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _server, null)?.DisposeAsync() ?? ValueTask.CompletedTask;
}
