using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Containers, which this engine does not run.</summary>
public static class ContainerResourceBuilderExtensions
{
    public static IResourceBuilder<ContainerResource> AddContainer(this IDistributedApplicationBuilder builder, string name, string image) =>
        throw new DistributedApplicationException(
            $"'{name}' is a container ({image}), and the embedded engine runs local processes only: "
            + "add it with AddExecutable, or set HostingEngine=Aspire, which needs a container runtime.");

    public static IResourceBuilder<ContainerResource> AddContainer(
        this IDistributedApplicationBuilder builder, string name, string image, string tag) => builder.AddContainer(name, $"{image}:{tag}");
}
