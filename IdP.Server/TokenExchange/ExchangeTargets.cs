using Platform.IdP.Resources;

namespace Platform.IdP.TokenExchange;

/// <summary>What the new token is for (RFC 8693 section 2.1): never more than the subject's token, for nobody but the allowed.</summary>
internal sealed class ExchangeTargets(ResourceRegistry resources)
{
    public ExchangeTargetCheck Narrow(RequestParameters parameters, AcceptedToken subject, ExchangeRule rule)
    {
        var requested = parameters.All("audience").Concat(parameters.All("resource")).Distinct(StringComparer.Ordinal).ToList();
        if (requested.Any(target => !rule.Audiences.Contains(target, StringComparer.Ordinal)))
            return new ExchangeTargetCheck.Refused("invalid_target", "This client may not get a token for one of these targets.");

        // Without a target: whatever of the subject's token this client may have.
        var targets = requested.Count > 0 ? requested : [.. rule.Audiences];
        var scopes = parameters["scope"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray();
        if (scopes?.Except(subject.Scopes).Any() is true)
            return new ExchangeTargetCheck.Refused("invalid_scope", "The scope exceeds that of the subject_token.");
        if (scopes?.Any(scope => !targets.Contains(resources.AudienceOf(scope))) is true)
            return new ExchangeTargetCheck.Refused("invalid_scope", "A scope is none of the target's.");

        var narrowed = (scopes ?? subject.Scopes).Where(scope => targets.Contains(resources.AudienceOf(scope))).ToList();
        return narrowed.Count == 0
            ? new ExchangeTargetCheck.Refused("invalid_target", "The subject_token has no scope for this target.")
            : new ExchangeTargetCheck.Valid(narrowed, [.. narrowed.Select(resources.AudienceOf).Distinct(StringComparer.Ordinal)]);
    }
}

internal abstract record ExchangeTargetCheck
{
    public sealed record Valid(IReadOnlyList<string> Scopes, IReadOnlyList<string> Audiences) : ExchangeTargetCheck;

    public sealed record Refused(string Error, string Description) : ExchangeTargetCheck;
}
