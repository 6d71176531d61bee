using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() => Add(builder, name, new TProject(), new());

    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name, string? launchProfileName)
        where TProject : IProjectMetadata, new() => Add(builder, name, new TProject(), Options(launchProfileName));

    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name, Action<ProjectResourceOptions> configure)
        where TProject : IProjectMetadata, new() => Add(builder, name, new TProject(), Options(configure));

    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, string name, string projectPath) =>
        Add(builder, name, Metadata(builder, projectPath), new());

    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, string name, string projectPath, string? launchProfileName) =>
        Add(builder, name, Metadata(builder, projectPath), Options(launchProfileName));

    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, string name, string projectPath, Action<ProjectResourceOptions> configure) =>
        Add(builder, name, Metadata(builder, projectPath), Options(configure));

    /// <summary>Runs several instances behind one address.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        return builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);
    }

    private static ProjectMetadata Metadata(IDistributedApplicationBuilder builder, string projectPath) =>
        new(Path.GetFullPath(projectPath, builder.AppHostDirectory));

    // A null name means, as in Aspire, that no profile is used.
    private static ProjectResourceOptions Options(string? launchProfileName) =>
        new() { LaunchProfileName = launchProfileName, ExcludeLaunchProfile = launchProfileName is null };

    private static ProjectResourceOptions Options(Action<ProjectResourceOptions> configure)
    {
        var options = new ProjectResourceOptions();
        configure(options);
        return options;
    }

    private static IResourceBuilder<ProjectResource> Add(
        IDistributedApplicationBuilder builder, string name, IProjectMetadata metadata, ProjectResourceOptions options)
    {
        var project = builder.AddResource(new ProjectResource(name))
            .WithAnnotation(metadata)
            .WithAnnotation(new OtlpExporterAnnotation());
        if (!File.Exists(metadata.ProjectPath))
        {
            throw new DistributedApplicationException($"There is no project {metadata.ProjectPath}, which resource '{name}' names.");
        }

        if (options.ExcludeLaunchProfile)
        {
            return project.WithAnnotation<ExcludeLaunchProfileAnnotation>().WithEnvironment(ProjectEnvironment.AddUrls);
        }

        var settings = metadata.LaunchSettings ?? LaunchProfiles.Read(metadata.ProjectPath);
        var appHostProfile = builder.Configuration["AppHost:DefaultLaunchProfileName"] ?? builder.Configuration["DOTNET_LAUNCH_PROFILE"];
        if (LaunchProfiles.Choose(settings, options.LaunchProfileName, appHostProfile, metadata.ProjectPath) is var (profileName, profile))
        {
            project.WithAnnotation(new LaunchProfileAnnotation(profileName))
                .WithEnvironment(context => ProjectEnvironment.AddProfile(context, profileName, profile));
            AddEndpoints(project.Resource, profile);
            if (profile.CommandLineArgs is { Length: > 0 } arguments)
            {
                project.WithArgs(CommandLine.Split(LaunchProfiles.Expand(arguments)));
            }
        }

        return project.WithEnvironment(ProjectEnvironment.AddUrls);
    }

    /// <summary>One endpoint for every address: <c>http</c>, <c>https</c>, then <c>http2</c>, …</summary>
    private static void AddEndpoints(ProjectResource project, LaunchProfile profile)
    {
        var seen = new Dictionary<string, int>();
        foreach (var url in (profile.ApplicationUrl ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var address = new Uri(url.Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal));
            var count = seen[address.Scheme] = seen.GetValueOrDefault(address.Scheme) + 1;
            project.Annotations.Add(new EndpointAnnotation(
                ProtocolType.Tcp, address.Scheme, name: count == 1 ? address.Scheme : $"{address.Scheme}{count}", port: address.Port)
            {
                LaunchPath = profile.LaunchUrl is { Length: > 0 } path && !Uri.TryCreate(path, UriKind.Absolute, out _) ? path : null
            });
        }
    }
}
