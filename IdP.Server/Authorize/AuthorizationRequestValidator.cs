using System.Globalization;

namespace Platform.IdP.Authorize;

/// <summary>
/// The checks of an authorization request in the order in which they are made, the same at /par and at /authorize.
/// Until redirect_uri has been checked, an error must not be sent there.
/// </summary>
internal static class AuthorizationRequestValidator
{
    private const int LongestState = 2048;
    private const int LongestNonce = 512;

    public static AuthorizationCheck Check(RequestParameters parameters, Client client, bool pushed)
    {
        // RFC 6749 section 3.1.2.3, RFC 9700 section 2.1: one of the registered addresses, compared as exact strings.
        if (parameters["redirect_uri"] is not { } redirectUri)
            return new AuthorizationCheck.Refused("invalid_request", "redirect_uri is missing.", null);
        if (!client.RedirectUris.Contains(redirectUri, StringComparer.Ordinal))
            return new AuthorizationCheck.Refused("invalid_request", "redirect_uri is not registered for this client.", null);

        AuthorizationCheck.Refused Refuse(string error, string description) => new(error, description, redirectUri);

        // RFC 9126 section 5: a client that is registered for pushed requests uses nothing else.
        if (!pushed && client.RequiresPushedRequests)
            return Refuse("invalid_request", "This client must push its authorization requests.");

        // RFC 6749 section 4.1.2.1, OpenID Connect Core section 3.1.2.6: not supported here, and so not ignored.
        if (parameters["request"] is not null)
            return Refuse("request_not_supported", "Request objects are not supported.");

        // RFC 6749 section 3.1.1
        if (parameters["response_type"] is not { } responseType)
            return Refuse("invalid_request", "response_type is missing.");
        if (responseType != "code")
            return Refuse("unsupported_response_type", "The only response_type is code.");
        if (!client.Grants.Contains(GrantTypes.AuthorizationCode))
            return Refuse("unauthorized_client", "This client may not use the authorization code grant.");

        // OAuth 2.0 Multiple Response Type Encoding Practices section 2.1
        if (parameters["response_mode"] is not (null or "query"))
            return Refuse("invalid_request", "The only response_mode is query.");

        // RFC 6749 section 3.3
        var scopes = parameters["scope"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray() ?? [];
        if (scopes.Length == 0)
            return Refuse("invalid_scope", "scope is missing.");
        if (scopes.Any(scope => !client.Scopes.Contains(scope, StringComparer.Ordinal)))
            return Refuse("invalid_scope", "The client may not ask for one of these scopes.");

        // RFC 7636 sections 4.2 and 4.3, RFC 9700 section 2.1.1: always, and never plain, which is also the default.
        var challenge = parameters["code_challenge"];
        if (challenge is null && client.RequiresPkce)
            return Refuse("invalid_request", "code_challenge is missing.");
        if (challenge is not null && parameters["code_challenge_method"] is not "S256")
            return Refuse("invalid_request", "code_challenge_method must be S256.");
        if (challenge is not null && !Pkce.IsChallenge(challenge))
            return Refuse("invalid_request", "code_challenge is not the base64url of a SHA-256.");

        // Never cut: what is too long is refused.
        if (parameters["state"]?.Length > LongestState)
            return new AuthorizationCheck.Refused("invalid_request", "state is too long.", null);
        if (parameters["nonce"]?.Length > LongestNonce)
            return Refuse("invalid_request", "nonce is too long.");

        // OpenID Connect Core section 3.1.2.1: none stands alone.
        var prompts = parameters["prompt"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (prompts.Contains("none") && prompts.Length > 1)
            return Refuse("invalid_request", "prompt=none goes with no other value.");
        if (prompts.Any(prompt => prompt is not ("none" or "login")))
            return Refuse("invalid_request", "The values of prompt are none and login.");

        var maxAge = -1;
        if (parameters["max_age"] is { } age && !int.TryParse(age, NumberStyles.None, CultureInfo.InvariantCulture, out maxAge))
            return Refuse("invalid_request", "max_age is not a number of seconds.");

        return new AuthorizationCheck.Valid(new AuthorizationRequest
        {
            ClientId = client.Id,
            RedirectUri = redirectUri,
            CodeChallenge = challenge,
            Scopes = scopes,
            State = parameters["state"],
            Nonce = parameters["nonce"],
            Prompts = prompts,
            MaxAge = parameters["max_age"] is null ? null : maxAge,
            LoginHint = parameters["login_hint"],
            Trace = IdpTelemetry.CurrentTrace,
        });
    }
}

internal abstract record AuthorizationCheck
{
    public sealed record Valid(AuthorizationRequest Request) : AuthorizationCheck;

    /// <summary>Without a redirect_uri that was checked, the error goes to a page.</summary>
    public sealed record Refused(string Error, string Description, string? RedirectUri) : AuthorizationCheck;
}
