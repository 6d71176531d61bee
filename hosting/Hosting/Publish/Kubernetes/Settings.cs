using Mapping = System.Collections.Generic.Dictionary<string, object>;

namespace Aspire.Hosting.Publish.Kubernetes;

/// <summary>The environment of a container: secrets and the configuration by reference, the rest in words.</summary>
internal static class Settings
{
    public static List<Mapping> Of(DeployedService service)
    {
        var whole = service.Environment.ToDictionary(setting => setting.Key, setting => Entry(setting.Key, setting.Value));

        // $(NAME) refers to what stands before: what is part of a longer value comes first.
        var parts = service.Environment.Where(setting => setting.Value.Parts.Count > 1).SelectMany(setting => setting.Value.Variables).Distinct()
            .OrderBy(variable => variable.Name, StringComparer.Ordinal).ToList();
        return
        [
            .. parts.Select(variable => Entry(variable.Name, PublishedText.Of(variable))),
            .. whole.Where(setting => parts.All(variable => variable.Name != setting.Key)).Select(setting => setting.Value)
        ];
    }

    private static Mapping Entry(string name, PublishedText text) => text.Parts is [PublishedText.Part.Given(var variable)]
        ? new()
        {
            ["name"] = name,
            ["valueFrom"] = new Mapping
            {
                [variable.IsSecret ? "secretKeyRef" : "configMapKeyRef"] = new Mapping
                {
                    ["name"] = variable.IsSecret ? KubernetesFiles.SecretName : KubernetesFiles.ConfigMapName,
                    ["key"] = variable.Name,
                },
            },
        }
        : new()
        {
            ["name"] = name,
            ["value"] = text.Write(
                literal => literal.Replace("$(", "$$(", StringComparison.Ordinal), variable => $"$({variable.Name})"),
        };
}
