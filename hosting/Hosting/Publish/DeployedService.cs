using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publish;

/// <summary>A project as a deployment sees it.</summary>
/// <param name="Replicas">How many the AppHost asks for.</param>
/// <param name="ReadyPath">The path of its HTTP health check; null without one.</param>
/// <param name="IsExternal">Called from the world outside, under its public address.</param>
/// <param name="References">The resources that it calls.</param>
/// <param name="WaitsFor">The resources that it starts after.</param>
/// <param name="Volumes">What it keeps on disk, and shares between its replicas.</param>
internal sealed record DeployedService(
    ProjectResource Resource, int Replicas, string? ReadyPath, bool IsExternal, IReadOnlyDictionary<string, PublishedText> Environment,
    IReadOnlyList<IResource> References, IReadOnlyList<IResource> WaitsFor, IReadOnlyList<ContainerMountAnnotation> Volumes)
{
    public string Name => Resource.Name;

    public IEnumerable<DeploymentVariable> Variables => Environment.Values.SelectMany(text => text.Variables).Distinct();
}
