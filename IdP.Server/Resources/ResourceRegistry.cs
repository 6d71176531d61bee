namespace Platform.IdP.Resources;

/// <summary>The resource servers, and which scopes each of them understands (config/resources.yaml).</summary>
internal sealed class ResourceRegistry
{
    private static readonly string[] IdentityScopes = ["openid", "profile", "email", "offline_access"];
    private readonly Dictionary<string, string> _audienceOfScope;
    private readonly string _issuer;

    private ResourceRegistry(string issuer, Dictionary<string, string> audienceOfScope)
    {
        _issuer = issuer;
        _audienceOfScope = audienceOfScope;
    }

    public IEnumerable<string> Scopes => IdentityScopes.Concat(_audienceOfScope.Keys);

    public static ResourceRegistry Read(ConfigurationFile file, string issuer)
    {
        var audiences = new Dictionary<string, string>(StringComparer.Ordinal);
        file.ReadEntries("resources", "audience", entry =>
        {
            var audience = entry.Text("audience");
            foreach (var scope in entry.Texts("scopes"))
            {
                if (IdentityScopes.Contains(scope) || !audiences.TryAdd(scope, audience))
                {
                    throw entry.Fault("scopes", $"the scope '{scope}' has its audience already: name it once.");
                }
            }

            return audience;
        });
        return new ResourceRegistry(issuer, audiences);
    }

    public bool Knows(string scope) => IdentityScopes.Contains(scope) || _audienceOfScope.ContainsKey(scope);

    /// <summary>Whether a resource indicator (RFC 8707) names a resource server, or the provider itself.</summary>
    public bool KnowsAudience(string audience) => audience == _issuer || _audienceOfScope.ContainsValue(audience);

    /// <summary>Who may accept a token with these scopes; the identity scopes belong to the provider's own userinfo.</summary>
    public IReadOnlyList<string> AudiencesOf(IEnumerable<string> scopes) =>
        [.. scopes.Select(scope => _audienceOfScope.GetValueOrDefault(scope, _issuer)).Distinct(StringComparer.Ordinal)];
}
