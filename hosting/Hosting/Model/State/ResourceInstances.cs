using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The ids of a resource's instances: its name and eight letters each, or the name alone where nothing runs.</summary>
internal sealed class ResourceInstances(IReadOnlyList<string> ids) : IResourceAnnotation
{
    public IReadOnlyList<string> Ids { get; } = ids;

    public static IReadOnlyList<string> Of(IResource resource) =>
        resource.Annotations.OfType<ResourceInstances>().LastOrDefault()?.Ids ?? [resource.Name];

    /// <summary>The resource's name in an id that <see cref="NewId"/> made.</summary>
    public static string NameOf(string id) => id.Length > 9 && id[^9] == '-' ? id[..^9] : id;

    public static string NewId(string name, string suffix) => $"{name}-{suffix}";

    public static string NewSuffix() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz", 8);

    /// <summary>The instances that a person may mean: an id, or the name of a resource for all of its instances.</summary>
    public static (IResource Resource, IReadOnlyList<string> Ids) Find(DistributedApplicationModel model, string idOrName)
    {
        foreach (var resource in model.Resources)
        {
            var ids = Of(resource);
            if (string.Equals(resource.Name, idOrName, StringComparison.OrdinalIgnoreCase))
            {
                return (resource, ids);
            }

            if (ids.FirstOrDefault(id => string.Equals(id, idOrName, StringComparison.OrdinalIgnoreCase)) is { } id)
            {
                return (resource, [id]);
            }
        }

        throw new ArgumentException(
            $"There is no resource '{idOrName}'. There are: {string.Join(", ", model.Resources.Select(resource => resource.Name))}.", nameof(idOrName));
    }
}
