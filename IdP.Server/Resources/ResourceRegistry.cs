using System.Collections.Frozen;

namespace Platform.IdP.Resources;

/// <summary>The resource servers, and which scopes each of them understands (config/resources.yaml).</summary>
internal sealed class ResourceRegistry
{
    private const string OfflineAccess = "offline_access";

    private static readonly string[] IdentityScopes = ["openid", "profile", "email", "phone", "address", OfflineAccess];
    private readonly FrozenDictionary<string, Resource> _resources;
    private readonly FrozenDictionary<string, string> _audienceOfScope;
    private readonly string _issuer;

    private ResourceRegistry(string issuer, IReadOnlyList<Resource> resources, Dictionary<string, string> audienceOfScope)
    {
        _issuer = issuer;
        _resources = resources.ToFrozenDictionary(resource => resource.Audience, StringComparer.Ordinal);
        _audienceOfScope = audienceOfScope.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public IEnumerable<string> Scopes => IdentityScopes.Concat(_audienceOfScope.Keys);

    /// <summary>The server is an http one, of a developer's machine: so may its clients be, whatever they promise elsewhere.</summary>
    public bool IsOfPlainHttp => _issuer.StartsWith("http:", StringComparison.Ordinal);

    public IEnumerable<Resource> All => _resources.Values;

    public static ResourceRegistry Read(ConfigurationFile file, string issuer)
    {
        var audiences = new Dictionary<string, string>(StringComparer.Ordinal);
        return new ResourceRegistry(issuer, file.ReadEntries("resources", "audience", entry =>
        {
            var audience = entry.Text("audience");
            var scopes = entry.Texts("scopes");
            foreach (var scope in scopes)
            {
                if (IdentityScopes.Contains(scope) || !audiences.TryAdd(scope, audience))
                {
                    throw entry.Fault("scopes", $"the scope '{scope}' has its audience already: name it once.");
                }
            }

            return new Resource(audience, scopes, entry.OptionalTexts("introspection_clients") ?? [])
            {
                Descriptions = ReadDescriptions(entry, scopes),
            };
        }), audiences);
    }

    /// <summary>What people are told that the scope allows; null where nobody wrote it down.</summary>
    public string? DescriptionOf(string scope) =>
        _audienceOfScope.TryGetValue(scope, out var audience) ? _resources[audience].Descriptions.GetValueOrDefault(scope) : null;

    public bool Knows(string scope) => IdentityScopes.Contains(scope) || _audienceOfScope.ContainsKey(scope);

    /// <summary>Whether this names a resource server (RFC 8707 section 2); the provider itself is one.</summary>
    public bool KnowsAudience(string name) => name == _issuer || _resources.ContainsKey(name);

    /// <summary>Whether the scope is one of resources.yaml, and not an identity scope.</summary>
    public bool IsOfResource(string scope) => _audienceOfScope.ContainsKey(scope);

    public Resource? Find(string audience) => _resources.GetValueOrDefault(audience);

    /// <summary>Who understands the scope; the identity scopes belong to the provider's own userinfo.</summary>
    public string AudienceOf(string scope) => _audienceOfScope.GetValueOrDefault(scope, _issuer);

    /// <summary>Who may accept a token with these scopes.</summary>
    public IReadOnlyList<string> AudiencesOf(IReadOnlyList<string> scopes)
    {
        var audiences = new List<string>(capacity: 2);
        foreach (var scope in scopes)
        {
            // It says how long a grant lives, and concerns no resource server.
            if (scope != OfflineAccess && AudienceOf(scope) is { } audience && !audiences.Contains(audience))
            {
                audiences.Add(audience);
            }
        }

        return audiences.Count > 0 ? audiences : [_issuer];
    }

    private static Dictionary<string, string> ReadDescriptions(YamlEntry entry, IReadOnlyList<string> scopes)
    {
        var descriptions = entry.OptionalTextsByName("descriptions") ?? [];
        return descriptions.Keys.FirstOrDefault(scope => !scopes.Contains(scope)) is { } unknown
            ? throw entry.Fault("descriptions", $"'descriptions' names '{unknown}', which is no scope of this entry.")
            : descriptions;
    }
}
