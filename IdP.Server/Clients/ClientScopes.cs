using Platform.IdP.Resources;

namespace Platform.IdP.Clients;

/// <summary>Reads the scopes of a client. Deployments write a list 'scopes', a text 'scope', or both with the same content.</summary>
internal static class ClientScopes
{
    public static IReadOnlyList<string> Read(YamlEntry entry, ResourceRegistry resources)
    {
        var list = entry.OptionalTexts("scopes");
        var text = entry.OptionalText("scope")?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var scopes = list ?? text ?? throw entry.Fault("client_id", "'scopes' is missing in this entry: add a list.");
        if (list is not null && text is not null && !list.ToHashSet().SetEquals(text))
        {
            throw entry.Fault("scope", "'scope' and 'scopes' differ: keep one of them.");
        }

        return scopes.FirstOrDefault(scope => !resources.Knows(scope)) is { } unknown
            ? throw entry.Fault(list is null ? "scope" : "scopes",
                $"no resource has the scope '{unknown}': add it to resources.yaml or remove it here.")
            : scopes;
    }
}
