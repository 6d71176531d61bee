using System.Globalization;
using System.Reflection;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run;

/// <summary>
/// Builds a project into a folder of its own while its processes go on, and then starts them anew from there, one after the other, so
/// that the address of replicas keeps answering. What does not build, or does not start, leaves the old build in its place.
/// </summary>
internal sealed class Rebuild(
    RunContext context, ProjectResource project, ProjectOutputs outputs, RunFolder folder, Watchdog watchdog, Func<Topology> topology)
{
    private readonly Lock _lock = new();
    private Task<ExecuteCommandResult>? _running;
    private int _builds;

    /// <summary>However many ask at once, it is done once.</summary>
    public Task<ExecuteCommandResult> RunAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _running is { IsCompleted: false } running ? running : _running = BuildAndRestartAsync(cancellationToken);
        }
    }

    private async Task<ExecuteCommandResult> BuildAndRestartAsync(CancellationToken cancellationToken)
    {
        var target = folder.Subfolder("builds", project.Name, (++_builds).ToString(CultureInfo.InvariantCulture));
        var exitCode = await BuildAsync(target, cancellationToken);
        if (exitCode != 0)
        {
            return CommandResults.Failure($"'{project.Name}' does not build: its output says why. What runs is the old build.");
        }

        if (AssemblyIn(target) is not { } assembly)
        {
            return CommandResults.Failure($"The build of '{project.Name}' made no program. What runs is the old build.");
        }

        var old = outputs.Of(project);
        outputs.Replace(project, assembly);
        foreach (var id in ResourceInstances.Of(project))
        {
            try
            {
                await RestartAsync(id, cancellationToken);
            }
            catch (DistributedApplicationException failure)
            {
                outputs.Replace(project, old);
                await RestartAsync(id, cancellationToken);
                return CommandResults.Failure($"The new build does not start, so the old one runs again. {failure.Message}");
            }
        }

        return CommandResults.Success();
    }

    private async Task<int> BuildAsync(string target, CancellationToken cancellationToken)
    {
        var path = project.GetProjectMetadata().ProjectPath;
        var configuration = context.AppHostAssembly?.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";
        var plan = new ProcessPlan(
            Executables.Dotnet(),
            [
                "build", path, "--configuration", configuration, "--output", target, "--nologo", "--verbosity", "minimal",
                // Nothing of the build stays behind to serve the next one.
                "--nodereuse:false", "-p:UseSharedCompilation=false"
            ],
            Path.GetDirectoryName(path)!)
        {
            Environment = ProcessEnvironment.Inherited()
        };
        Say($"Building {path} …", isError: false);
        var build = ChildProcess.Start(plan, watchdog, context.Clock, Say);
        await using (cancellationToken.Register(() => ProcessGroups.Signal(build.Id, ProcessGroups.Kill)))
        {
            return await build.Exited;
        }
    }

    private async Task RestartAsync(string id, CancellationToken cancellationToken)
    {
        await topology().StopAsync(id, restarting: true, cancellationToken);
        await topology().StartAsync(id, cancellationToken);
    }

    /// <summary>The program among what was built: projects that it refers to may be programs too.</summary>
    private string? AssemblyIn(string target)
    {
        var names = new[] { outputs.Of(project), project.GetProjectMetadata().ProjectPath }.OfType<string>()
            .Select(path => $"{Path.GetFileNameWithoutExtension(path)}.dll");
        return names.Select(name => Path.Combine(target, name)).FirstOrDefault(File.Exists)
            ?? Directory.EnumerateFiles(target, "*.runtimeconfig.json").Select(file => file.Replace(".runtimeconfig.json", ".dll", StringComparison.Ordinal))
                .SingleOrDefault();
    }

    private void Say(string line, bool isError)
    {
        foreach (var id in ResourceInstances.Of(project))
        {
            context.Logs.Append(id, project.Name, line, isError);
        }
    }
}
