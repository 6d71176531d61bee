namespace Platform.IdP.Tests.Fuzzing;

/// <summary>The words of the protocols: what stands in a place where it does not belong.</summary>
internal static class Names
{
    public static readonly string[] Known =
    [
        "client_id", "client_secret", "client_assertion", "client_assertion_type", "response_type", "response_mode", "redirect_uri",
        "scope", "state", "nonce", "code", "code_challenge", "code_challenge_method", "code_verifier", "request", "request_uri",
        "prompt", "max_age", "login_hint", "id_token_hint", "acr_values", "claims", "resource", "audience", "authorization_details",
        "dpop_jkt", "grant_type", "refresh_token", "device_code", "auth_req_id", "assertion", "subject_token", "subject_token_type",
        "actor_token", "actor_token_type", "requested_token_type", "token", "token_type_hint", "access_token", "user_code",
        "binding_message", "requested_expiry", "client_notification_token", "post_logout_redirect_uri", "logout_hint", "ui_locales",
        "username", "password", "form_token", "session", "decision", "credential", "ceremony", "name", "key", "action", "done", "iss",
    ];
}
