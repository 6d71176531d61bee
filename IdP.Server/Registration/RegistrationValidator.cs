using System.Text.Json.Nodes;

namespace Platform.IdP.Registration;

/// <summary>The checks of a registration in order (RFC 7591 sections 2 and 3.2.2), and the entry that comes of it.</summary>
internal sealed class RegistrationValidator(
    RegistrationPolicy policy, SectorIdentifierCheck sectors, SubjectIdentifiers subjects)
{
    /// <param name="profileName">The profile that the initial access token prescribes, or the client has.</param>
    public async Task<RegistrationCheck> CheckAsync(
        RegistrationRequest request, string? profileName, CancellationToken cancellationToken)
    {
        // RFC 7591 section 2.3: no issuer of software statements is trusted here.
        if (request.Has("software_statement"))
            return request.Text("software_statement")?.Split('.') is { Length: 3 }
                ? Refuse("unapproved_software_statement", "Software statements are not accepted.")
                : Refuse("invalid_software_statement", "software_statement is not a JWT.");

        var asked = request.Text("client_profile");
        if (profileName is not null && asked is not null && asked != profileName)
            return Refuse("invalid_client_metadata", "client_profile is not the one of the initial access token.");
        if (policy.Find(profileName ?? asked) is not { } profile)
            return Refuse("invalid_client_metadata", "client_profile is unknown.");

        // Section 3.2.2: the seed's first failure, and the commonest: a wrong address.
        var redirectUris = request.Texts("redirect_uris") ?? [];
        if (request.Has("redirect_uris") && redirectUris.Count == 0)
            return Refuse("invalid_redirect_uri", "redirect_uris must be an array of addresses, not a joined string.");
        if (redirectUris.Count > policy.RedirectUris.Maximum)
            return Refuse("invalid_redirect_uri", $"There may be {policy.RedirectUris.Maximum} redirect_uris at most.");
        if (redirectUris.FirstOrDefault(address => !policy.RedirectUris.Allows(address)) is not null)
            return Refuse("invalid_redirect_uri",
                "A redirect_uri must be an absolute https address of an allowed host, without fragment, wildcard or user name.");

        var method = request.Text("token_endpoint_auth_method") ?? profile.AuthenticationMethods[0];
        if (!profile.AuthenticationMethods.Contains(method))
            return Refuse("invalid_client_metadata",
                $"token_endpoint_auth_method must be of {string.Join(", ", profile.AuthenticationMethods)}.");

        var grants = request.Texts("grant_types") ?? [GrantTypes.AuthorizationCode];
        if (grants.Count == 0 || grants.Except(profile.GrantTypes).Any())
            return Refuse("invalid_client_metadata", $"grant_types must be of {string.Join(", ", profile.GrantTypes)}.");

        // Section 2.1: the response type code goes with the grant authorization_code, and no other exists here.
        var usesCode = grants.Contains(GrantTypes.AuthorizationCode);
        var responses = request.Texts("response_types") ?? (usesCode ? ["code"] : []);
        if (responses.Any(response => response != "code") || responses.Contains("code") != usesCode)
            return Refuse("invalid_client_metadata", "response_types must be code with authorization_code, and none without it.");
        if (usesCode && redirectUris.Count == 0)
            return Refuse("invalid_redirect_uri", "redirect_uris is missing.");

        // RFC 7591 would say invalid_client_metadata; deployments know this one.
        var scopes = request.Text("scope")?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray()
            ?? [.. profile.Scopes];
        if (scopes.Any(scope => !profile.Scopes.Contains(scope)))
            return Refuse("invalid_scope", "The policy (allowed_scopes) does not have one of these scopes.");

        // OpenID Connect Core section 8.1
        if (request.Text("subject_type") == "pairwise" && !subjects.OffersPairwise)
            return Refuse("invalid_client_metadata", "subject_type pairwise is not offered here.");

        if (request.Has("jwks") && request.Has("jwks_uri"))
            return Refuse("invalid_client_metadata", "Give either jwks or jwks_uri.");

        // A value must stay a value: ${...} in clients.yaml is replaced by the server's own configuration.
        if (request.Metadata.ToJsonString().Contains("${", StringComparison.Ordinal))
            return Refuse("invalid_client_metadata", "A member contains characters that are not accepted.");

        if (await sectors.RefusalAsync(request, redirectUris, cancellationToken) is { } refusal)
            return Refuse("invalid_client_metadata", refusal);

        return new RegistrationCheck.Valid(
            profile, method, RegistrationEntry.Make(request, profile, method, grants, redirectUris, scopes));
    }

    private static RegistrationCheck.Refused Refuse(string error, string description) => new(error, description);
}

internal abstract record RegistrationCheck
{
    /// <param name="Entry">The members for clients.yaml, without identifier and secret.</param>
    public sealed record Valid(RegistrationProfile Profile, string AuthenticationMethod, JsonObject Entry) : RegistrationCheck;

    public sealed record Refused(string Error, string Description) : RegistrationCheck;
}
