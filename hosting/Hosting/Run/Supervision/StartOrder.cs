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
