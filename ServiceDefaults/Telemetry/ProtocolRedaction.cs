using System.Collections.Frozen;

namespace Platform.ServiceDefaults.Telemetry;

/// <summary>
/// What of a protocol message may be shown: the values of the parameters that are listed here, the names of those that the
/// protocols have, and of the rest nothing. Neither a part nor the length of anything else.
/// </summary>
public static class ProtocolRedaction
{
    /// <summary>Stands where a value is.</summary>
    public const string Redacted = "[redacted]";

    /// <summary>The name of every parameter that no protocol has: whoever sends it chooses it, so it may be anything.</summary>
    public const string Other = "other";

    private const int Longest = 200;

    private static readonly FrozenSet<string> Shown = FrozenSet.Create(StringComparer.Ordinal,
        "acr_values", "audience", "client_assertion_type", "client_id", "code_challenge_method", "display", "error", "error_description",
        "event_type", "expires_in", "grant_type", "issued_token_type", "interval", "max_age", "prompt", "provider", "requested_token_type",
        "response_mode", "response_type", "scope", "subject_token_type", "actor_token_type", "token_type", "token_type_hint", "ui_locales");

    // Addresses, of which the query may hold anything.
    private static readonly FrozenSet<string> Addresses = FrozenSet.Create(StringComparer.Ordinal,
        "iss", "issuer", "post_logout_redirect_uri", "redirect_uri", "resource");

    private static readonly FrozenSet<string> Named = FrozenSet.Create(StringComparer.Ordinal,
        "access_token", "actor_token", "assertion", "auth_req_id", "authorization_details", "binding_message", "claims",
        "client_assertion", "client_secret", "code", "code_challenge", "code_verifier", "device_code", "dpop_jkt", "form_token",
        "id_token", "id_token_hint", "login_hint", "login_hint_token", "logout_token", "nonce", "password", "refresh_token",
        "registration_access_token", "request", "request_uri", "response", "returnUrl", "sid", "state", "sub", "sub_id", "subject_token", "token",
        "user_code", "username", "verification_uri", "verification_uri_complete");

    /// <summary>The parameter as it may be shown.</summary>
    public static (string Name, string Value) Apply(string name, string? value)
    {
        if (Shown.Contains(name))
        {
            return (name, value is { Length: <= Longest } && !value.Any(char.IsControl) ? value : Redacted);
        }

        return Addresses.Contains(name) ? (name, Address(value)) : (Named.Contains(name) ? name : Other, Redacted);
    }

    private static string Address(string? value) =>
        value is { Length: <= Longest } && Uri.TryCreate(value, UriKind.Absolute, out var address) && address.UserInfo.Length == 0
            ? address.GetLeftPart(UriPartial.Path)
            : Redacted;
}
