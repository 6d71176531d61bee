using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Run;

namespace Aspire.Hosting.Dashboard.Feed;

/// <summary>What the dashboard asks: which resources there are and how they do, what they write, and to run a command on one.</summary>
internal sealed class ResourceFeed(
    string applicationName, DistributedApplicationModel model, ResourceNotificationService notifications, ResourceLoggerService logs,
    ResourceCommandService commands, Interactions interactions, SecretMask mask)
{
    private const string Service = "/aspire.v1.DashboardService/";

    private readonly ResourceMessages _messages = new(mask);
    private readonly ConsoleFeed _console = new(model, logs);

    public IReadOnlyDictionary<string, Func<GrpcCall, Task<GrpcStatus>>> Methods => new Dictionary<string, Func<GrpcCall, Task<GrpcStatus>>>
    {
        [Service + "GetApplicationInformation"] = GetApplicationInformationAsync,
        [Service + "WatchResources"] = WatchResourcesAsync,
        [Service + "WatchResourceConsoleLogs"] = _console.WatchAsync,
        [Service + "ExecuteResourceCommand"] = ExecuteCommandAsync,
        [Service + "WatchInteractions"] = new InteractionFeed(interactions).WatchAsync,
    };

    private async Task<GrpcStatus> GetApplicationInformationAsync(GrpcCall call)
    {
        await call.WriteAsync(new Wire.ApplicationInformationResponse { ApplicationName = applicationName });
        return GrpcStatus.Ok;
    }

    private async Task<GrpcStatus> WatchResourcesAsync(GrpcCall call)
    {
        var told = new Dictionary<string, ResourceEvent>();
        var initial = new Wire.InitialResourceData();
        foreach (var id in model.Resources.SelectMany(ResourceInstances.Of))
        {
            if (notifications.TryGetCurrentState(id, out var current))
            {
                told[id] = current;
                initial.Resources.Add(_messages.Of(current));
            }
        }

        await call.WriteAsync(new Wire.WatchResourcesUpdate { InitialData = initial });

        // It begins with the state of all once more, of which only what changed meanwhile is told.
        await using var changes = notifications.WatchAsync(call.CancellationToken).GetAsyncEnumerator(call.CancellationToken);
        var next = changes.MoveNextAsync().AsTask();
        while (await next)
        {
            // Everything that is there already goes in one message, the last state of each resource alone.
            var latest = new Dictionary<string, ResourceEvent>();
            do
            {
                latest[changes.Current.ResourceId] = changes.Current;
                next = changes.MoveNextAsync().AsTask();
            }
            while (next.IsCompleted && await next);

            await TellAsync(call, latest.Values.Where(change => told.GetValueOrDefault(change.ResourceId) != change));
            told.Clear();
        }

        return GrpcStatus.Ok;
    }

    private async Task TellAsync(GrpcCall call, IEnumerable<ResourceEvent> changes)
    {
        var message = new Wire.WatchResourcesChanges();
        message.Value.AddRange(changes.Select(change => new Wire.WatchResourcesChange { Upsert = _messages.Of(change) }));
        if (message.Value.Count > 0)
        {
            await call.WriteAsync(new Wire.WatchResourcesUpdate { Changes = message });
        }
    }

    private async Task<GrpcStatus> ExecuteCommandAsync(GrpcCall call)
    {
        if (await call.ReadAsync(Wire.ResourceCommandRequest.Parser) is not { } request)
        {
            return GrpcStatus.InvalidArgument("This is no request for a command.");
        }

        if (!model.Resources.SelectMany(ResourceInstances.Of).Contains(request.ResourceName))
        {
            return GrpcStatus.NotFound($"There is no resource '{request.ResourceName}'.");
        }

        // The person in front of the dashboard may leave the page; what was begun goes on.
        var result = await commands.ExecuteCommandAsync(request.ResourceName, request.CommandName, CancellationToken.None)
            .WaitAsync(call.CancellationToken);
        await call.WriteAsync(CommandMessages.Of(result, mask));
        return GrpcStatus.Ok;
    }
}
