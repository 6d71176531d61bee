namespace Platform.Tests.Topology;

/// <summary>The AppHost's resources, for tests that change them before the start.</summary>
internal static class TopologyResources
{
    public static IResourceBuilder<ProjectResource> Project(this IDistributedApplicationTestingBuilder builder, string name) =>
        builder.CreateResourceBuilder(builder.Resources.OfType<ProjectResource>().Single(project => project.Name == name));
}
