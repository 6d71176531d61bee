namespace Platform.IdP.Resources;

/// <summary>
/// What an access token is for: a token request may narrow a grant to some of its resource servers by <c>resource</c>
/// (RFC 8707 section 2.2) or <c>audience</c>, and to some of its authorization_details (RFC 9396 section 6.1).
/// </summary>
internal sealed class AccessTokenTargets(ResourceRegistry registry, AuthorizationDetailsPolicy policy)
{
    /// <param name="scopes">The scopes that the token could have.</param>
    /// <param name="resources">The resources of the authorization request; empty: whatever the scopes say.</param>
    /// <param name="details">The authorization_details that the token could have.</param>
    public TargetCheck Narrow(
        RequestParameters parameters, Client client, IReadOnlyList<string> scopes, IReadOnlyList<string> resources, string? details)
    {
        if (parameters["authorization_details"] is { } requested)
        {
            // RFC 9396 section 6.1: no more than the person allowed.
            if (policy.Check(requested, client) is not AuthorizationDetailsCheck.Valid valid ||
                !AuthorizationDetailsPolicy.Narrows(valid.Json, details))
                return new TargetCheck.Refused("invalid_authorization_details",
                    "authorization_details are malformed, or exceed what was granted.", "authorization_details exceed the grant");

            details = valid.Json;
        }

        // RFC 8707 section 2: absolute, no fragment, and known here.
        var asked = parameters.All("resource");
        foreach (var resource in asked)
        {
            if (!Uri.TryCreate(resource, UriKind.Absolute, out _))
                return Refused("resource is not an absolute URI");
            if (resource.Contains('#', StringComparison.Ordinal))
                return Refused("resource has a fragment");
        }

        if (parameters.All("audience") is { Count: > 0 } audiences)
        {
            asked = [.. asked, .. audiences];
        }

        foreach (var target in asked)
        {
            if (!registry.KnowsAudience(target))
                return Refused("the resource is unknown");

            // RFC 8707 section 2.2: a subset of those of the authorization request.
            if (resources.Count > 0 && !resources.Contains(target))
                return Refused("the resource is not one of the authorization request");
        }

        if (asked.Count == 0)
            return Whole(scopes, resources, details);

        var narrowed = ScopesOf(scopes, asked, opensUserInfo: false);
        var concerned = details is null ? null : policy.For(details, asked);
        return narrowed.Count > 0 || concerned is not null
            ? new TargetCheck.Valid(narrowed, [.. asked.Distinct(StringComparer.Ordinal)], concerned)
            : Refused("nothing of the grant is for this resource");
    }

    // Without a choice in the token request, a token of a sign-in opens userinfo beside what else it is for.
    private TargetCheck.Valid Whole(IReadOnlyList<string> scopes, IReadOnlyList<string> resources, string? details)
    {
        if (resources.Count == 0)
        {
            return new TargetCheck.Valid(scopes, AudiencesOf(scopes, details), details);
        }

        var opensUserInfo = scopes.Contains("openid");
        return new TargetCheck.Valid(
            ScopesOf(scopes, resources, opensUserInfo),
            opensUserInfo ? [.. resources.Append(registry.AudienceOf("openid")).Distinct(StringComparer.Ordinal)] : resources,
            details is null ? null : policy.For(details, resources));
    }

    private IReadOnlyList<string> AudiencesOf(IReadOnlyList<string> scopes, string? details)
    {
        if (details is null || policy.AudiencesOf(details) is not { Count: > 0 } named)
        {
            return registry.AudiencesOf(scopes);
        }

        return scopes.Count == 0 ? named : [.. registry.AudiencesOf(scopes).Union(named)];
    }

    private List<string> ScopesOf(IReadOnlyList<string> scopes, IReadOnlyList<string> targets, bool opensUserInfo)
    {
        var kept = new List<string>(scopes.Count);
        foreach (var scope in scopes)
        {
            if (targets.Contains(registry.AudienceOf(scope)) || (opensUserInfo && !registry.IsOfResource(scope)))
            {
                kept.Add(scope);
            }
        }

        return kept;
    }

    private static TargetCheck.Refused Refused(string reason) => new(
        "invalid_target", "The resource or audience is unknown, malformed, or not covered by the grant.", reason);
}

internal abstract record TargetCheck
{
    public sealed record Valid(
        IReadOnlyList<string> Scopes, IReadOnlyList<string> Audiences, string? AuthorizationDetails) : TargetCheck;

    public sealed record Refused(string Error, string Description, string Reason) : TargetCheck
    {
        public TokenCheck.Refused ToTokenCheck() => new(Error, Description, Reason);
    }
}
