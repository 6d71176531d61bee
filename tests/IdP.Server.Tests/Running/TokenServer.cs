namespace Platform.IdP.Tests.Running;

/// <summary>A provider with clients and resource servers that differ in what they may do with tokens.</summary>
public class TokenServer : IdpServer
{
    internal const string AppSecret = "the-app-has-a-secret-like-others";
    internal const string Contacts = "urn:platform:contacts-api";
    internal const string Calendar = "https://calendar.test/api";

    internal override string MoreClients => $$"""

          - client_id: app
            token_endpoint_auth_method: client_secret_basic
            client_secret: {{AppSecret}}
            grant_types: [authorization_code, refresh_token, client_credentials]
            redirect_uris: [https://app.test/callback]
            scopes: [openid, profile, email, offline_access, contacts.read, calendar.read, calendar.write]
            skip_consent: true

          - client_id: other-app
            token_endpoint_auth_method: client_secret_basic
            client_secret: {{AppSecret}}
            grant_types: [authorization_code, refresh_token, client_credentials]
            redirect_uris: [https://other-app.test/callback]
            scopes: [openid, offline_access, contacts.read]
            skip_consent: true

          - client_id: contacts-api
            token_endpoint_auth_method: client_secret_basic
            client_secret: {{AppSecret}}
            grant_types: [client_credentials]
            scopes: [sessions.revoke]

        """;

    internal override string MoreResources => $$"""

          - audience: {{Calendar}}
            scopes: [calendar.read, calendar.write]
            introspection_clients: [contacts-api]

        """;
}
