using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Publish;

/// <summary>The application model as a deployment sees it.</summary>
/// <param name="Services">The projects.</param>
/// <param name="Stores">Redis and Kafka.</param>
/// <param name="Settings">What is settled when the files are written.</param>
internal sealed record Deployment(IReadOnlyList<DeployedService> Services, IReadOnlyList<IResource> Stores, PublishSettings Settings)
{
    /// <summary>Every variable that the services' settings mention, each once.</summary>
    public IEnumerable<DeploymentVariable> Variables =>
        Services.SelectMany(service => service.Variables).Distinct().OrderBy(variable => variable.Name, StringComparer.Ordinal);

    /// <exception cref="DistributedApplicationException">A resource or a value cannot be published.</exception>
    public static async Task<Deployment> ReadAsync(
        DistributedApplicationModel model, DistributedApplicationExecutionContext context, PublishSettings settings, ILogger logger,
        CancellationToken cancellationToken)
    {
        var services = new List<DeployedService>();
        var stores = new List<IResource>();
        foreach (var resource in model.Resources.Where(resource => !resource.HasAnnotationOfType<ManifestPublishingCallbackAnnotation>()))
        {
            switch (resource)
            {
                case ProjectResource project:
                    services.Add(await ReadAsync(project, context, logger, cancellationToken));
                    break;
                case RedisResource or KafkaServerResource:
                    stores.Add(resource);
                    break;
                case ParameterResource:
                    break;
                default:
                    throw new DistributedApplicationException(
                        $"'{resource.Name}' ({resource.GetType().Name}) cannot be published: exclude it with ExcludeFromManifest(), " +
                        "or add it only when ExecutionContext.IsRunMode.");
            }
        }

        return new(services, stores, settings);
    }

    private static async Task<DeployedService> ReadAsync(
        ProjectResource project, DistributedApplicationExecutionContext context, ILogger logger, CancellationToken cancellationToken)
    {
        var collected = new EnvironmentCallbackContext(context, project, null, cancellationToken) { Logger = logger };
        foreach (var callback in project.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
        {
            await callback.Callback(collected);
        }

        return new(
            project,
            project.GetReplicaCount(),
            project.Annotations.OfType<HttpHealthCheckAnnotation>().FirstOrDefault()?.Path,
            project.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.IsExternal),
            collected.EnvironmentVariables.OrderBy(variable => variable.Key, StringComparer.Ordinal)
                .ToDictionary(variable => variable.Key, variable => DeploymentValues.Write(variable.Value)),
            Related(project, "Reference"),
            Related(project, "WaitFor"),
            [.. project.Annotations.OfType<ContainerMountAnnotation>().Where(mount => mount.Type == ContainerMountType.Volume)]);
    }

    private static IReadOnlyList<IResource> Related(ProjectResource project, string type) =>
    [
        .. project.Annotations.OfType<ResourceRelationshipAnnotation>()
            .Where(relationship => relationship.Type == type && relationship.Resource is not ParameterResource)
            .Select(relationship => relationship.Resource).Distinct()
    ];
}
