namespace Platform.IdP.Clients;

/// <summary>Client metadata that the server keeps and shows, and does not act on (RFC 7591 section 2).</summary>
internal static class ClientMetadata
{
    public static readonly string[] Informative =
    [
        "application_type", "client_id_issued_at", "contacts", "registration_profile", "response_types", "software_id",
        "software_version",
    ];
}
