using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run;

/// <summary>Says what to start for an instance of a resource.</summary>
internal sealed class ProcessPlanner(
    RunContext context, ProcessEnvironment environment, ProjectOutputs outputs, RunFolder runFolder, IEnumerable<IResourceBackend> backends)
{
    public async Task<ProcessPlan> PlanAsync(
        IResource resource, string instanceId, IReadOnlyDictionary<EndpointAnnotation, int> targets, CancellationToken cancellationToken)
    {
        var model = await environment.ModelAsync(resource, targets, cancellationToken);
        var arguments = await environment.ArgumentsAsync(resource, targets, cancellationToken);
        var plan = resource switch
        {
            ProjectResource project => Project(project, arguments),
            ExecutableResource executable => Executable(executable, arguments),
            _ => await BackendAsync(resource, instanceId, targets, model, arguments, cancellationToken)
        };
        foreach (var (name, value) in plan.Environment)
        {
            model[name] = value;
        }

        return plan with
        {
            Environment = environment.Complete(resource, instanceId, model),
            FromModel = model.Keys.ToHashSet()
        };
    }

    private ProcessPlan Project(ProjectResource project, List<string> arguments)
    {
        var path = project.GetProjectMetadata().ProjectPath;
        var folder = Path.GetDirectoryName(path)!;
        if (outputs.Of(project) is not { } output)
        {
            return new(Executables.Dotnet(), ["run", "--project", path, "--no-launch-profile", "--", .. arguments], folder) { Environment = Nothing };
        }

        return File.Exists(output)
            ? new(Executables.Dotnet(), ["exec", output, .. arguments], folder) { Environment = Nothing }
            : throw new DistributedApplicationException($"'{project.Name}' is not built: {output} is missing. Build it with `dotnet build {path}`.");
    }

    private static ProcessPlan Executable(ExecutableResource executable, List<string> arguments)
    {
        if (!Directory.Exists(executable.WorkingDirectory))
        {
            throw new DistributedApplicationException(
                $"'{executable.Name}' cannot start: its working directory {executable.WorkingDirectory} does not exist. Correct it in the AppHost.");
        }

        var file = Executables.Find(executable.Command, executable.WorkingDirectory) ?? throw new DistributedApplicationException(
            $"'{executable.Name}' cannot start: there is no executable '{executable.Command}'. Install it, or put its folder on the PATH.");
        return new(file, arguments, executable.WorkingDirectory) { Environment = Nothing };
    }

    private async Task<ProcessPlan> BackendAsync(
        IResource resource, string instanceId, IReadOnlyDictionary<EndpointAnnotation, int> targets,
        Dictionary<string, string> model, List<string> arguments, CancellationToken cancellationToken)
    {
        var backend = backends.FirstOrDefault(candidate => candidate.Handles(resource)) ?? throw new DistributedApplicationException(
            $"The embedded engine cannot run '{resource.Name}' ({resource.GetType().Name}): it knows projects, executables, Redis and Kafka.");
        var (endpoint, target) = targets.First();
        var kept = DataKept(resource);
        var process = await backend.PrepareAsync(new()
        {
            Resource = resource,
            InstanceId = instanceId,
            DataFolder = kept is null ? runFolder.Subfolder("data", resource.Name) : DataFolders.Create(kept, resource.Name),
            KeepsData = kept is not null,
            RunFolder = runFolder.Subfolder("work", resource.Name),
            TargetPort = target,
            PublicAddress = endpoint.AllocatedEndpoint!.EndPointString,
            Environment = model,
            Configuration = context.Configuration,
            Say = line => context.Logs.Append(instanceId, resource.Name, line, isError: false)
        }, cancellationToken);
        return new(process.File, [.. process.Arguments, .. arguments], process.WorkingDirectory ?? runFolder.Path)
        {
            Environment = process.Environment,
            PortFromOutput = process.PortFromOutput,
            Probe = process.Probe,
            Description = process.Description
        };
    }

    private string? DataKept(IResource resource) =>
        resource.HasAnnotationOfType<ContainerMountAnnotation>() || resource.HasAnnotationOfType<PersistenceAnnotation>()
            ? context.Configuration[DataFolders.Key]
            : null;

    private static readonly Dictionary<string, string> Nothing = [];
}
