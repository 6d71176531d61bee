using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run;

/// <summary>The first start of a resource: waits for what it depends on, tells whom it concerns, and starts its instances.</summary>
internal sealed class ResourceStart(RunContext context, IResource resource, IReadOnlyList<Instance> instances, CancellationToken abandon)
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _skip = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _task;

    public bool HasBegun => _task is not null;

    public Task Begin()
    {
        lock (_lock)
        {
            return _task ??= Task.Run(RunAsync, CancellationToken.None);
        }
    }

    /// <summary>Somebody wants it now.</summary>
    public void SkipWaiting() => _skip.TrySetResult();

    private async Task RunAsync()
    {
        try
        {
            await context.Notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = KnownResourceStates.Starting });
            if (resource is IResourceWithConnectionString source)
            {
                await PublishConnectionStringAsync(source);
            }

            if (resource.HasAnnotationOfType<WaitAnnotation>())
            {
                await context.Notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = KnownResourceStates.Waiting });
                await await Task.WhenAny(context.Notifications.WaitForDependenciesAsync(resource, abandon), _skip.Task);
            }

            await context.Eventing.PublishAsync(new BeforeResourceStartedEvent(resource, context.Services), abandon);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            await context.Notifications.PublishUpdateAsync(resource, snapshot => snapshot with
            {
                State = new(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error)
            });
            throw;
        }

        var started = await Task.WhenAll(instances.Select(instance => instance.StartAsync(abandon)));
        await Task.WhenAll(started);
    }

    private async Task PublishConnectionStringAsync(IResourceWithConnectionString source)
    {
        var value = await source.GetConnectionStringAsync(abandon);
        await context.Notifications.PublishUpdateAsync(source, snapshot => snapshot with
        {
            Properties = [.. snapshot.Properties, new(CustomResourceKnownProperties.ConnectionString, value) { IsSensitive = true }]
        });
        await context.Eventing.PublishAsync(new ConnectionStringAvailableEvent(source, context.Services), abandon);
    }
}
