namespace Aspire.Hosting.ApplicationModel;

public partial class ResourceNotificationService
{
    private readonly WaitBehavior _defaultWaitBehavior;

    /// <summary>Waits until an instance is in the state; without one, until it runs.</summary>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    /// <summary>Waits until an instance is in one of the states, and says in which.</summary>
    public async Task<string> WaitForResourceAsync(
        string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var states = targetStates.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var found = await WaitForResourceAsync(
            resourceName, change => change.Snapshot.State is { } state && states.Contains(state.Text), cancellationToken);
        return found.Snapshot.State!.Text;
    }

    public async Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        _ = ResourceInstances.Find(_model, resourceName);
        try
        {
            await foreach (var change in WatchAsync(cancellationToken))
            {
                if (IsOf(resourceName, change) && predicate(change))
                {
                    return change;
                }
            }
        }
        catch (OperationCanceledException canceled)
        {
            throw new OperationCanceledException($"Gave up waiting for '{resourceName}'.\n{Describe()}", canceled, cancellationToken);
        }

        throw new OperationCanceledException($"The application stopped while '{resourceName}' was waited for.");
    }

    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, _defaultWaitBehavior, cancellationToken);

    /// <summary>Waits until every instance runs, is healthy, and the handlers of <see cref="ResourceReadyEvent"/> are through.</summary>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(
        string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var last = await WaitForResourceAsync(resourceName, change => IsHealthy(resourceName)
            || (waitBehavior == WaitBehavior.StopOnResourceUnavailable && IsUnavailable(change)), cancellationToken);
        if (IsUnavailable(last) && !IsHealthy(resourceName))
        {
            throw new DistributedApplicationException(
                $"'{resourceName}' cannot become healthy: it is in state {last.Snapshot.State?.Text}"
                + (last.Snapshot.ExitCode is { } code ? $", exit code {code}." : "."));
        }

        await (last.Snapshot.Ready ?? Task.CompletedTask).WaitAsync(cancellationToken);
        return last;
    }

    /// <summary>Waits for everything that the resource said it waits for.</summary>
    public Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken) =>
        Task.WhenAll(resource.Annotations.OfType<WaitAnnotation>().Select(wait => WaitForDependencyAsync(resource, wait, cancellationToken)));

    /// <summary>What every instance is doing.</summary>
    internal string Describe() => ResourceReport.Of(
        _current.Values.Where(current => current.Resource is not ParameterResource { KnownValue: not null }), LastLines);

    private IReadOnlyList<LogEntry> LastLines(string id) =>
        (_services.GetService(typeof(ResourceLoggerService)) as ResourceLoggerService)?.LastLines(id) ?? [];

    private Task WaitForDependencyAsync(IResource resource, WaitAnnotation wait, CancellationToken cancellationToken)
    {
        var behavior = wait.WaitBehavior ?? _defaultWaitBehavior;
        return wait.WaitType switch
        {
            WaitType.WaitForCompletion => OnEveryInstance(id => WaitForCompletionAsync(resource, wait, id, cancellationToken)),
            WaitType.WaitUntilStarted => OnEveryInstance(id => WaitForStartAsync(resource, id, behavior, cancellationToken)),
            _ => WaitForResourceHealthyAsync(wait.Resource.Name, behavior, cancellationToken)
        };

        Task OnEveryInstance(Func<string, Task> waiting) => Task.WhenAll(ResourceInstances.Of(wait.Resource).Select(waiting));
    }

    private async Task WaitForCompletionAsync(IResource resource, WaitAnnotation wait, string id, CancellationToken cancellationToken)
    {
        var ended = (await WaitForResourceAsync(id, IsUnavailable, cancellationToken)).Snapshot;
        if (ended.State?.Text == KnownResourceStates.FailedToStart || ended.ExitCode != wait.ExitCode)
        {
            throw new DistributedApplicationException(
                $"'{resource.Name}' does not start, because '{wait.Resource.Name}' was to end with exit code {wait.ExitCode} "
                + $"and ended as {ended.State?.Text}, exit code {ended.ExitCode}.");
        }
    }

    private async Task WaitForStartAsync(IResource resource, string id, WaitBehavior behavior, CancellationToken cancellationToken)
    {
        var last = await WaitForResourceAsync(id, change => change.Snapshot.State?.Text == KnownResourceStates.Running
            || (behavior == WaitBehavior.StopOnResourceUnavailable && IsUnavailable(change)), cancellationToken);
        if (IsUnavailable(last))
        {
            throw new DistributedApplicationException(
                $"'{resource.Name}' does not start, because '{last.Resource.Name}', which it waits for, is in state {last.Snapshot.State?.Text}.");
        }
    }

    // The name of a resource means all of its instances, whose ids there are only once the application starts.
    private static bool IsOf(string name, ResourceEvent change) =>
        string.Equals(change.ResourceId, name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(change.Resource.Name, name, StringComparison.OrdinalIgnoreCase);

    private bool IsHealthy(string name)
    {
        var (resource, ids) = ResourceInstances.Find(_model, name);
        return ids.All(id => _current.TryGetValue(id, out var current)
            && current.Snapshot.HealthStatus == Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy
            && (current.Snapshot.Ready is not null || resource is not IResourceWithWaitSupport));
    }

    private static bool IsUnavailable(ResourceEvent change) =>
        !change.Snapshot.IsPassing && KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text);
}
