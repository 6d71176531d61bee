using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Run;

/// <summary>What is known of the resources before anything runs: ids, addresses, relationships.</summary>
internal static partial class Initialization
{
    public static void AssignIds(IResource resource) => resource.Annotations.Add(new ResourceInstances(
        [.. Enumerable.Range(0, resource.GetReplicaCount()).Select(_ => ResourceInstances.NewId(resource.Name, ResourceInstances.NewSuffix()))]));

    public static Task PublishAsync(RunContext context, IResource resource)
    {
        var icon = resource.Annotations.OfType<ResourceIconAnnotation>().LastOrDefault();
        return context.Notifications.PublishUpdateAsync(resource, snapshot => snapshot with
        {
            State = KnownResourceStates.NotStarted,
            CreationTimeStamp = context.Clock.GetUtcNow().UtcDateTime,
            IconName = icon?.IconName,
            IconVariant = icon?.IconVariant,
            HealthReports = HealthMonitor.Unreported(resource),
            Relationships =
            [
                .. resource.Annotations.OfType<ResourceRelationshipAnnotation>()
                    .Select(relationship => new RelationshipSnapshot(relationship.Resource.Name, relationship.Type)).Distinct()
            ],
            Volumes =
            [
                .. resource.Annotations.OfType<ContainerMountAnnotation>()
                    .Select(mount => new VolumeSnapshot(mount.Source, mount.Target, mount.Type.ToString(), mount.IsReadOnly))
            ]
        });
    }

    /// <summary>Nothing waits for the handlers; what one of them throws stands in the resource's output.</summary>
    public static void Announce(RunContext context, IResource resource, CancellationToken cancellationToken) => _ = Task.Run(async () =>
    {
        try
        {
            await context.Eventing.PublishAsync(
                new InitializeResourceEvent(resource, context.Eventing, context.Logs, context.Notifications, context.Services), cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogFailedHandler(context.Logs.GetLogger(resource), failure, nameof(InitializeResourceEvent));
        }
    }, cancellationToken);

    public static async Task PublishUrlsAsync(RunContext context, IResource resource, CancellationToken cancellationToken)
    {
        var urls = await UrlsAsync(context, resource, cancellationToken);
        await context.Notifications.PublishUpdateAsync(resource, snapshot => snapshot with { Urls = urls });
    }

    private static async Task<ImmutableArray<UrlSnapshot>> UrlsAsync(RunContext context, IResource resource, CancellationToken cancellationToken)
    {
        var urls = resource is IResourceWithEndpoints owner ? owner.GetEndpoints().Select(ToUrl).ToList() : [];
        var collected = new ResourceUrlsCallbackContext(context.ExecutionContext, resource, urls, cancellationToken)
        {
            Logger = context.Logs.GetLogger(resource)
        };
        foreach (var callback in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>())
        {
            await callback.Callback(collected);
        }

        return
        [
            .. collected.Urls.OrderByDescending(url => url.DisplayOrder ?? 0).Select(url => new UrlSnapshot(
                url.Endpoint?.EndpointName, Absolute(url), url.DisplayLocation == UrlDisplayLocation.DetailsOnly)
            {
                DisplayProperties = new(url.DisplayText ?? "", url.DisplayOrder ?? 0),
                IsInactive = true
            })
        ];
    }

    private static ResourceUrlAnnotation ToUrl(EndpointReference endpoint) => new()
    {
        Endpoint = endpoint,
        Url = endpoint.EndpointAnnotation.LaunchPath is { } path ? $"{endpoint.Url}/{path.TrimStart('/')}" : endpoint.Url
    };

    // Aspire lets callbacks shorten the address of an endpoint to a path.
    private static string Absolute(ResourceUrlAnnotation url) =>
        url.Endpoint is { } endpoint && url.Url.StartsWith('/') ? endpoint.Url + url.Url : url.Url;

    [LoggerMessage(LogLevel.Error, "A handler of {Event} failed.")]
    private static partial void LogFailedHandler(ILogger logger, Exception failure, string @event);
}
