using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run;

/// <summary>Who waits for whom.</summary>
internal static class StartOrder
{
    public static bool WaitsFor(IResource resource, IResource other) =>
        resource.Annotations.OfType<WaitAnnotation>().Any(wait => wait.Resource == other);

    /// <summary>Whether it waits, by whatever detours, for something that is started by hand.</summary>
    public static bool DependsOnManualStart(IResource resource) => resource.Annotations.OfType<WaitAnnotation>().Any(
        wait => wait.Resource.HasAnnotationOfType<ExplicitStartupAnnotation>() || DependsOnManualStart(wait.Resource));

    /// <summary>The exit codes with which others expect it to end: it has a task then, and is not started again.</summary>
    public static IReadOnlySet<int> AwaitedExitCodes(DistributedApplicationModel model, IResource resource) => model.Resources
        .SelectMany(other => other.Annotations.OfType<WaitAnnotation>())
        .Where(wait => wait.WaitType == WaitType.WaitForCompletion && wait.Resource == resource)
        .Select(wait => wait.ExitCode).ToHashSet();

    /// <summary>Nobody may wait for himself, however long the way.</summary>
    public static void Check(IEnumerable<IResource> resources)
    {
        var done = new HashSet<IResource>();
        foreach (var resource in resources)
        {
            Visit(resource, [], done);
        }
    }

    private static void Visit(IResource resource, List<IResource> path, HashSet<IResource> done)
    {
        if (path.Contains(resource))
        {
            var circle = path.SkipWhile(other => other != resource).Append(resource).Select(other => other.Name);
            throw new DistributedApplicationException(
                $"Resources wait for each other: {string.Join(" → ", circle)}. Remove one of these WaitFor calls.");
        }

        if (done.Add(resource))
        {
            path.Add(resource);
            foreach (var wait in resource.Annotations.OfType<WaitAnnotation>())
            {
                Visit(wait.Resource, path, done);
            }

            path.Remove(resource);
        }
    }
}
