namespace Aspire.Hosting.ApplicationModel;

/// <summary>What Aspire runs in a container. Here it is a local process, started by a backend that knows the resource.</summary>
public class ContainerResource(string name, string? entrypoint = null)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport,
        IResourceWithProbes, IComputeResource
{
    public string? Entrypoint { get; set; } = entrypoint;
}
