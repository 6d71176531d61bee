namespace Platform.Flows.Model;

/// <summary>The likely cause of a refusal, and its fix: the rows of docs/troubleshooting.md that have an error.</summary>
public sealed record Advice(string Cause, string Fix)
{
    private const string CauseMark = "Likely cause: ";
    private const string FixMark = "Fix: ";

    // Error, what the reason must hold ("" for anything), cause, fix. The first that fits.
    private static readonly (string Error, string Sign, Advice Advice)[] Known =
    [
        ("invalid_request", "redirect_uri", new(
            "The portal runs at another address than redirect_uris of the client names; they are compared exactly.",
            "Register it in IdP.Server/config/clients.yaml (https, path /auth/callback, no trailing slash); ${BFF_HTTPS} is the address that the AppHost injects.")),
        ("invalid_redirect_uri", "", new(
            "Host or path differ from what is registered.",
            "Align DCR_REDIRECT_URIS with redirect_uris of the client, set DCR_FORCE_REPLACE=true, restart the BFF.")),
        ("invalid_request_uri", "", new(
            "The authorization request expired or was used already (Back button, bookmarked sign-in page).",
            "Start again from the portal.")),
        ("invalid_request", "expired, was finished", new(
            "The page was open for too long, or its form was sent twice.",
            "Start again from the portal.")),
        ("invalid_request", "must push", new(
            "The client is registered for pushed authorization requests, and this one came through the browser.",
            "Let the client push it (RFC 9126), or set require_pushed_authorization_requests to false in clients.yaml.")),
        ("invalid_client", "not private_key_jwt", new(
            "The client sends a key, and is registered for a secret.",
            "Align Oidc:TokenAuthMethod (MS_BFF_TOKEN_AUTH_METHOD) with token_endpoint_auth_method in clients.yaml.")),
        ("invalid_client", "registered for private_key_jwt", new(
            "The BFF uses a secret while the IdP expects private_key_jwt.",
            "Set MS_BFF_TOKEN_AUTH_METHOD=private_key_jwt, and let the client's jwks_uri name /.well-known/jwks.json of the BFF.")),
        ("invalid_client", "", new(
            "The client's secret or key, or its way to send it, is not what clients.yaml says.",
            "Align Oidc:ClientSecret with client_secret, the keys with jwks_uri, and Oidc:TokenAuthMethod with token_endpoint_auth_method.")),
        ("invalid_scope", "", new(
            "A scope is asked for that the client does not have.",
            "Add it to the client's scopes (clients.yaml; dcr_config.yaml: policy.allowed_scopes), or take it out of Oidc:Scopes.")),
        ("invalid_dpop_proof", "", new(
            "The clocks differ, the proof was repeated, or a proxy changes the address that the server sees.",
            "Synchronize the clocks and give the server its public address.")),
        ("invalid_grant", "code", new(
            "The code was used before, has expired, or belongs to another request.",
            "Start again; a code is for one use within a minute. Used twice, its tokens are revoked (RFC 6749 section 4.1.2).")),
        ("invalid_grant", "", new(
            "The session was revoked or has expired, or the refresh token was used elsewhere.",
            "Sign in again.")),
        ("insufficient_scope", "", new(
            "The token lacks the scope that the endpoint asks for.",
            "Ask for it at /token with a client that has it (admin-cli for /admin).")),
        ("no_token", "", new("The call carries no access token.", "Send one in the Authorization header.")),
        ("invalid_token", "", new(
            "The token is missing, expired, revoked, or not for this resource.",
            "Ask /token for a new one.")),
        ("sign_in_refused", "", new(
            "User name or password are wrong, or there were too many attempts.",
            "IdP.Server/config/users.yaml names the users; attempts are counted for some minutes.")),
        ("foreign_browser", "", new(
            "The callback was opened in another browser, or cookies are blocked.",
            "Start again; allow cookies of the portal.")),
        ("spent_state", "", new("The callback was opened twice, or after it had expired.", "Start again.")),
        ("response_refused", "", new(
            "The response is not signed by the provider for this client, or was changed on its way.",
            "Start again; when it stays, compare Oidc:Issuer and Oidc:ClientId with the provider.")),
        ("wrong_issuer", "", new(
            "The answer names another issuer than the one that was asked (mix-up, RFC 9207).",
            "Oidc:Issuer must be what the provider's discovery document says, character by character.")),
        ("provider_unavailable", "", new("The IdP does not answer.", "See the resource idp in the dashboard; nobody is signed out by it.")),
        ("revoked", "", new("The person's sessions were revoked while she signed in.", "Sign in again.")),
        ("request_refused", "", new(
            "Another site made the browser send it, or a script without the header that the portal's own page sends.",
            "Calls to /auth and /api carry X-CSRF: 1 and come from the portal's origin.")),
        ("invalid_issuer", "", Transmitter),
        ("invalid_audience", "", Transmitter),
        ("invalid_key", "", Transmitter),
    ];

    private static Advice Transmitter => new(
        "The Security Event Token is not one that this receiver takes: signature, type, issuer or audience.",
        "Correct the transmitter or the receiver's list of transmitters; the original bytes are in caep.events.dlt.");

    /// <summary>What the log already says; else what is known of the error; null when nothing is.</summary>
    public static Advice? For(string error, string reason) => Said(reason) ?? Known
        .Where(known => known.Error == error && reason.Contains(known.Sign, StringComparison.Ordinal))
        .Select(known => known.Advice).FirstOrDefault();

    private static Advice? Said(string reason) =>
        reason.IndexOf(CauseMark, StringComparison.Ordinal) is >= 0 and var cause &&
        reason.IndexOf(FixMark, cause, StringComparison.Ordinal) is >= 0 and var fix
            ? new(reason[(cause + CauseMark.Length)..fix].Trim(), reason[(fix + FixMark.Length)..].Trim())
            : null;
}
