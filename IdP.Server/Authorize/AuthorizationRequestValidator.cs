namespace Platform.IdP.Authorize;

/// <summary>
/// The checks of an authorization request in the order in which they are made, the same at /par and at /authorize.
/// Until redirect_uri has been checked, an error must not be sent there.
/// </summary>
internal sealed class AuthorizationRequestValidator(RequestedAccess requestedAccess, RequestedSignIn requestedSignIn)
{
    private const int LongestNonce = 512;

    public AuthorizationCheck Check(RequestParameters parameters, Client client, RequestTransport transport)
    {
        // RFC 6749 section 3.1.2, OAuth 2.0 Multiple Response Type Encoding Practices section 2.1, JARM section 2.3
        var targetCheck = ResponseTarget.Check(parameters, client);
        if (targetCheck is ResponseTargetCheck.Refused unreachable)
            return new AuthorizationCheck.Refused("invalid_request", unreachable.Description, unreachable.Target);

        var target = ((ResponseTargetCheck.Valid)targetCheck).Target;
        ProtocolSpan.Passed("redirect_uri is registered", "RFC 9700 section 2.1");

        // RFC 9126 section 5, RFC 9101 section 10.5
        if (transport.Refusal(client) is { } wrongWay)
            return new AuthorizationCheck.Refused("invalid_request", wrongWay, target);

        // OpenID Connect Core section 7.2.1: clients register, they do not bring their metadata along.
        if (parameters["registration"] is not null)
            return new AuthorizationCheck.Refused("registration_not_supported", "registration is not supported.", target);

        // RFC 6749 section 3.1.1
        if (parameters["response_type"] is not { } responseType)
            return new AuthorizationCheck.Refused("invalid_request", "response_type is missing.", target);
        if (responseType != "code")
            return new AuthorizationCheck.Refused("unsupported_response_type", "The only response_type is code.", target);
        if (!client.Grants.Contains(GrantTypes.AuthorizationCode))
            return new AuthorizationCheck.Refused(
                "unauthorized_client", "This client may not use the authorization code grant.", target);

        // RFC 7636 section 4.4.1
        var challenge = parameters["code_challenge"];
        if (Pkce.Refusal(challenge, parameters["code_challenge_method"], client) is { } unproven)
            return new AuthorizationCheck.Refused("invalid_request", unproven, target);
        if (challenge is not null)
            ProtocolSpan.Passed("PKCE with S256", "RFC 9700 section 2.1.1");

        // Never cut: what is too long is refused.
        if (parameters["nonce"]?.Length > LongestNonce)
            return new AuthorizationCheck.Refused("invalid_request", "nonce is too long.", target);

        // RFC 9449 section 10: the thumbprint of a key has the form of a SHA-256.
        if (parameters["dpop_jkt"] is { } thumbprint && !Pkce.IsHash(thumbprint))
            return new AuthorizationCheck.Refused("invalid_request", "dpop_jkt is not the thumbprint of a key.", target);

        // RFC 6749 section 3.3, RFC 8707, RFC 9396, OpenID Connect Core section 5.5
        var accessCheck = requestedAccess.Check(parameters, client);
        if (accessCheck is AccessCheck.Refused denied)
            return new AuthorizationCheck.Refused(denied.Error, denied.Description, target);

        var access = (AccessCheck.Valid)accessCheck;
        ProtocolSpan.Passed("scope and resource are allowed to the client", "RFC 6749 section 3.3");

        // OpenID Connect Core section 3.1.2.1
        var signInCheck = requestedSignIn.Check(parameters, client, access.Claims);
        if (signInCheck is SignInRequestCheck.Refused unclear)
            return new AuthorizationCheck.Refused("invalid_request", unclear.Description, target);

        var signIn = (SignInRequestCheck.Valid)signInCheck;
        return new AuthorizationCheck.Valid(new AuthorizationRequest
        {
            ClientId = client.Id,
            RedirectUri = target.RedirectUri,
            ResponseMode = target.Mode,
            State = target.State,
            CodeChallenge = challenge,
            Scopes = access.Scopes,
            Resources = access.Resources,
            AuthorizationDetails = access.AuthorizationDetails,
            Claims = access.Claims?.Json,
            Nonce = parameters["nonce"],
            Prompts = signIn.Prompts,
            MaxAge = signIn.MaxAge,
            HintedSubject = signIn.HintedSubject,
            AuthenticationClasses = signIn.Classes,
            EssentialClasses = signIn.EssentialClasses,
            LoginHint = parameters["login_hint"],
            UiLocales = parameters["ui_locales"],
            DpopKeyThumbprint = parameters["dpop_jkt"],
            Trace = IdpTelemetry.CurrentTrace,
        });
    }
}

internal abstract record AuthorizationCheck
{
    public sealed record Valid(AuthorizationRequest Request) : AuthorizationCheck;

    /// <summary>Without a target, the error goes to a page.</summary>
    /// <param name="Reason">For the log, where it says more than the description.</param>
    public sealed record Refused(
        string Error, string Description, ResponseTarget? Target, string? Reason = null) : AuthorizationCheck;
}
