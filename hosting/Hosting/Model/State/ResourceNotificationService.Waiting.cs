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
        var (resource, ids) = ResourceInstances.Find(_model, resourceName);
        try
        {
            await foreach (var change in WatchAsync(cancellationToken))
            {
                if (change.Resource == resource && ids.Contains(change.ResourceId) && predicate(change))
                {
                    return change;
                }
            }
        }
        catch (OperationCanceledException canceled)
        {
            throw new OperationCanceledException($"Gave up waiting for '{resourceName}'. {Describe()}", canceled, cancellationToken);
        }

        throw new OperationCanceledException($"The application stopped while '{resourceName}' was waited for.");
    }

    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, _defaultWaitBehavior, cancellationToken);

    /// <summary>Waits until every instance runs, is healthy, and the handlers of <see cref="ResourceReadyEvent"/> are through.</summary>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(
        string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var (resource, ids) = ResourceInstances.Find(_model, resourceName);
        var last = await WaitForResourceAsync(resourceName, change => IsHealthy(resource, ids)
            || (waitBehavior == WaitBehavior.StopOnResourceUnavailable && IsUnavailable(change)), cancellationToken);
        if (IsUnavailable(last) && !IsHealthy(resource, ids))
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

    /// <summary>What every resource is doing, in one line.</summary>
    internal string Describe() => "Resources: " + string.Join(", ", _current.Values
        .OrderBy(current => current.ResourceId, StringComparer.Ordinal)
        .Select(current => $"{current.ResourceId} {current.Snapshot.State?.Text ?? "unknown"}"
            + (current.Snapshot.HealthStatus is { } health ? $" ({health})" : ""))) + ".";

    private async Task WaitForDependencyAsync(IResource resource, WaitAnnotation wait, CancellationToken cancellationToken)
    {
        var name = wait.Resource.Name;
        var stops = (wait.WaitBehavior ?? _defaultWaitBehavior) == WaitBehavior.StopOnResourceUnavailable;
        switch (wait.WaitType)
        {
            case WaitType.WaitForCompletion:
                var ended = await WaitForResourceAsync(name, IsUnavailable, cancellationToken);
                if (ended.Snapshot.State?.Text == KnownResourceStates.FailedToStart || ended.Snapshot.ExitCode != wait.ExitCode)
                {
                    throw new DistributedApplicationException(
                        $"'{resource.Name}' does not start, because '{name}' was to end with exit code {wait.ExitCode} "
                        + $"and ended as {ended.Snapshot.State?.Text}, exit code {ended.Snapshot.ExitCode}.");
                }

                break;

            case WaitType.WaitUntilStarted:
                await WaitForResourceAsync(name, change => change.Snapshot.State?.Text == KnownResourceStates.Running
                    || (stops && IsUnavailable(change)), cancellationToken);
                break;

            default:
                await WaitForResourceHealthyAsync(name, wait.WaitBehavior ?? _defaultWaitBehavior, cancellationToken);
                break;
        }
    }

    private bool IsHealthy(IResource resource, IReadOnlyList<string> ids) => ids.All(id =>
        _current.TryGetValue(id, out var current)
        && (current.Snapshot.HealthStatus == Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy
            && (current.Snapshot.Ready is not null || resource is not IResourceWithWaitSupport)));

    private static bool IsUnavailable(ResourceEvent change) =>
        !change.Snapshot.WillRestart && KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text);
}
