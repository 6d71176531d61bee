namespace Platform.IdP.Resources;

/// <summary>
/// What an access token is for: the <c>resource</c> (RFC 8707 section 2.2) or <c>audience</c> parameters of a token request
/// narrow a grant to some of its resource servers, and to the scopes that these understand.
/// </summary>
internal sealed class AccessTokenTargets(ResourceRegistry registry)
{
    /// <param name="scopes">The scopes that the token could have.</param>
    /// <param name="resources">The resources of the authorization request; empty: whatever the scopes say.</param>
    /// <param name="hasDetails">Whether authorization_details allow something without any scope (RFC 9396).</param>
    public TargetCheck Narrow(
        RequestParameters parameters, IReadOnlyList<string> scopes, IReadOnlyList<string> resources, bool hasDetails)
    {
        var asked = parameters.All("resource");
        foreach (var resource in asked)
        {
            // RFC 8707 section 2
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

            // RFC 8707 section 2.2: no more than the person allowed.
            if (resources.Count > 0 && !resources.Contains(target))
                return Refused("the resource is not one of the authorization request");
        }

        if (asked.Count == 0)
        {
            return resources.Count == 0
                ? new TargetCheck.Valid(scopes, registry.AudiencesOf(scopes))
                : new TargetCheck.Valid(ScopesOf(scopes, resources, keepOpenId: true), WithUserInfo(scopes, resources));
        }

        var narrowed = ScopesOf(scopes, asked, keepOpenId: false);
        return narrowed.Count > 0 || hasDetails
            ? new TargetCheck.Valid(narrowed, [.. asked.Distinct(StringComparer.Ordinal)])
            : Refused("no scope of the grant is for this resource");
    }

    // Without a choice in the token request, a token of a sign-in still opens userinfo.
    private List<string> ScopesOf(IReadOnlyList<string> scopes, IReadOnlyList<string> targets, bool keepOpenId)
    {
        var kept = new List<string>(scopes.Count);
        var opensUserInfo = keepOpenId && scopes.Contains("openid");
        foreach (var scope in scopes)
        {
            if (targets.Contains(registry.AudienceOf(scope)) || (opensUserInfo && !registry.IsOfResource(scope)))
            {
                kept.Add(scope);
            }
        }

        return kept;
    }

    private IReadOnlyList<string> WithUserInfo(IReadOnlyList<string> scopes, IReadOnlyList<string> resources) =>
        scopes.Contains("openid") ? [.. resources.Append(registry.AudienceOf("openid")).Distinct(StringComparer.Ordinal)] : resources;

    private static TargetCheck.Refused Refused(string reason) => new(reason);
}

internal abstract record TargetCheck
{
    public sealed record Valid(IReadOnlyList<string> Scopes, IReadOnlyList<string> Audiences) : TargetCheck;

    public sealed record Refused(string Reason) : TargetCheck
    {
        public TokenCheck.Refused ToTokenCheck() =>
            new("invalid_target", "The resource or audience is unknown, malformed, or not covered by the grant.", Reason);
    }
}
