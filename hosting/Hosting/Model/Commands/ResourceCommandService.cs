namespace Aspire.Hosting.ApplicationModel;

/// <summary>Runs the commands of resources.</summary>
public class ResourceCommandService
{
    private readonly DistributedApplicationModel _model;
    private readonly IServiceProvider _services;

    internal ResourceCommandService(DistributedApplicationModel model, IServiceProvider services)
    {
        _model = model;
        _services = services;
    }

    /// <summary>Runs the command on an instance; given the name of a resource, on all of its instances.</summary>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        var (resource, ids) = ResourceInstances.Find(_model, resourceId);
        return ExecuteAsync(resource, ids, commandName, cancellationToken);
    }

    public Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default) =>
        ExecuteAsync(resource, ResourceInstances.Of(resource), commandName, cancellationToken);

    private async Task<ExecuteCommandResult> ExecuteAsync(
        IResource resource, IReadOnlyList<string> ids, string commandName, CancellationToken cancellationToken)
    {
        var name = commandName.StartsWith("resource-", StringComparison.Ordinal) ? commandName["resource-".Length..] : commandName;
        if (resource.Annotations.OfType<ResourceCommandAnnotation>().LastOrDefault(command => command.Name == name) is not { } command)
        {
            return CommandResults.Failure($"Resource '{resource.Name}' has no command '{commandName}'.");
        }

        var results = await Task.WhenAll(ids.Select(id => ExecuteAsync(command, id, cancellationToken)));
        return Array.Find(results, result => !result.Success) ?? results[0];
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(ResourceCommandAnnotation command, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(() => command.ExecuteCommand(
                new() { ServiceProvider = _services, ResourceName = id, CancellationToken = cancellationToken }), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return CommandResults.Canceled();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A command is code of the AppHost: what it throws is its answer.
            return CommandResults.Failure(exception);
        }
    }
}
