namespace Platform.IdP.Clients;

/// <summary>
/// Client metadata that the server keeps and shows, and does not act on (RFC 7591 section 2). Two ask for what every client
/// gets: sid in logout tokens (OpenID Connect Back-Channel Logout section 2.2), and auth_time.
/// </summary>
internal static class ClientMetadata
{
    public static readonly string[] Informative =
    [
        "application_type", "backchannel_logout_session_required", "client_id_issued_at", "contacts", "registration_profile",
        "require_auth_time", "response_types", "software_id", "software_version",
    ];
}
