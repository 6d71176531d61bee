using System.Collections.Concurrent;
using System.Reflection;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run;

/// <summary>Where each project is built to: as the AppHost's build noted it, or where it was built anew since.</summary>
internal sealed class ProjectOutputs(RunContext context)
{
    private readonly ConcurrentDictionary<ProjectResource, string?> _rebuilt = new();

    /// <summary>The assembly; null where only MSBuild knows.</summary>
    public string? Of(ProjectResource project) => _rebuilt.TryGetValue(project, out var rebuilt)
        ? rebuilt
        : context.AppHostAssembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(metadata => metadata.Key == $"projectoutput:{project.GetProjectMetadata().ProjectPath}")?.Value;

    /// <summary>The next start takes this one.</summary>
    public void Replace(ProjectResource project, string? assembly) => _rebuilt[project] = assembly;
}
