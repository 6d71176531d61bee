namespace Platform.IdP.Resources;

/// <summary>A resource server (an entry of config/resources.yaml).</summary>
/// <param name="Audience">What names it: the <c>aud</c> of its tokens, and the <c>resource</c> or <c>audience</c> of requests.</param>
/// <param name="Scopes">The scopes that it understands; each belongs to one resource server.</param>
/// <param name="IntrospectionClients">The clients that it introspects tokens as (RFC 7662).</param>
internal sealed record Resource(
    string Audience, IReadOnlyList<string> Scopes, IReadOnlyList<string> IntrospectionClients)
{
    /// <summary>What people are told that a scope allows.</summary>
    public IReadOnlyDictionary<string, string> Descriptions { get; init; } = new Dictionary<string, string>();
}
