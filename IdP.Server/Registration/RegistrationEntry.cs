using System.Text.Json.Nodes;

namespace Platform.IdP.Registration;

/// <summary>A client's entry in clients.yaml, and what the client is told of it.</summary>
internal static class RegistrationEntry
{
    // What a request says of these is taken as it is; the file's own checks follow. Everything else is ignored
    // (RFC 7591 section 2).
    private static readonly string[] Taken =
    [
        "client_name", "client_uri", "logo_uri", "policy_uri", "tos_uri", "contacts", "application_type",
        "software_id", "software_version", "jwks", "jwks_uri", "subject_type", "sector_identifier_uri",
        "post_logout_redirect_uris", "request_uris", "initiate_login_uri", "default_max_age", "default_acr_values",
        "id_token_signed_response_alg", "userinfo_signed_response_alg", "request_object_signing_alg",
        "token_endpoint_auth_signing_alg", "authorization_signed_response_alg", "introspection_signed_response_alg",
        "require_signed_request_object", "require_pushed_authorization_requests", "dpop_bound_access_tokens",
        "tls_client_certificate_bound_access_tokens", "tls_client_auth_subject_dn", "tls_client_auth_san_dns",
        "tls_client_auth_san_uri", "tls_client_auth_san_ip", "tls_client_auth_san_email", "backchannel_logout_uri",
        "backchannel_logout_session_required", "require_auth_time",
        "frontchannel_logout_uri", "frontchannel_logout_session_required", "backchannel_token_delivery_mode",
        "backchannel_client_notification_endpoint", "backchannel_authentication_request_signing_alg",
        "authorization_details_types",
    ];

    private static readonly string[] Private = ["client_secret_hash", "registration_access_token_hash", "registration_profile", "scopes"];

    public static JsonObject Make(
        RegistrationRequest request, RegistrationProfile profile, string method, IReadOnlyList<string> grants,
        IReadOnlyList<string> redirectUris, IReadOnlyList<string> scopes)
    {
        var entry = new JsonObject
        {
            ["registration_profile"] = profile.Name,
            ["token_endpoint_auth_method"] = method,
            ["grant_types"] = List(grants),
            ["redirect_uris"] = List(redirectUris),
            ["scopes"] = List(scopes),
        };
        Add(entry, profile.Defaults);
        foreach (var name in Taken)
        {
            if (request.Metadata[name] is { } value && value.ToJsonString() is not "\"\"")
            {
                entry[name] = value.DeepClone();
            }
        }

        Add(entry, profile.Fixed);
        return entry;
    }

    /// <summary>The metadata in the form of RFC 7591 section 3.2.1.</summary>
    public static JsonObject Show(JsonObject entry)
    {
        var shown = new JsonObject();
        foreach (var (name, value) in entry)
        {
            if (!Private.Contains(name))
            {
                shown[name] = value?.DeepClone();
            }
        }

        var scopes = (JsonArray)entry["scopes"]!;
        shown["scope"] = string.Join(' ', scopes.Select(scope => (string)scope!));
        shown["response_types"] = ((JsonArray)entry["grant_types"]!).Any(grant => (string)grant! == GrantTypes.AuthorizationCode)
            ? new JsonArray("code")
            : [];
        return shown;
    }

    private static void Add(JsonObject entry, IReadOnlyDictionary<string, string> members)
    {
        foreach (var (name, json) in members)
        {
            entry[name] = JsonNode.Parse(json);
        }
    }

    private static JsonArray List(IEnumerable<string> values) => new([.. values.Select(value => JsonValue.Create(value))]);
}
