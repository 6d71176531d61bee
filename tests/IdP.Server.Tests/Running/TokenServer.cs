using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Running;

/// <summary>A provider with clients and resource servers that differ in what they may do with tokens.</summary>
public class TokenServer : IdpServer
{
    internal const string AppSecret = "the-app-has-a-secret-like-others";
    internal const string Contacts = "urn:platform:contacts-api";
    internal const string Calendar = "https://calendar.test/api";

    internal static readonly SigningKey FapiKey = SigningKey.Create(JwsAlgorithm.ES256);

    public TokenServer() => Settings["Idp:PairwiseSalt"] = "a-salt-for-tests-is-long-but-no-secret";

    internal override string MoreClients => $$"""

          - client_id: app
            token_endpoint_auth_method: client_secret_basic
            client_secret: {{AppSecret}}
            grant_types: [authorization_code, refresh_token, client_credentials]
            redirect_uris: [https://app.test/callback]
            scopes: [openid, profile, email, offline_access, contacts.read, calendar.read, calendar.write]
            authorization_details_types: [booking, visit]
            skip_consent: true

          - client_id: other-app
            token_endpoint_auth_method: client_secret_basic
            client_secret: {{AppSecret}}
            grant_types: [authorization_code, refresh_token, client_credentials]
            redirect_uris: [https://other-app.test/callback]
            scopes: [openid, offline_access, contacts.read]

          - client_id: opaque-app
            token_endpoint_auth_method: client_secret_basic
            client_secret: {{AppSecret}}
            grant_types: [authorization_code, refresh_token, client_credentials]
            redirect_uris: [https://opaque-app.test/callback]
            scopes: [openid, profile, offline_access, calendar.read]
            access_token_format: opaque
            skip_consent: true

          - client_id: signed-app
            token_endpoint_auth_method: client_secret_basic
            client_secret: {{AppSecret}}
            grant_types: [authorization_code]
            redirect_uris: [https://signed-app.test/callback]
            scopes: [openid, profile]
            id_token_signed_response_alg: PS256
            userinfo_signed_response_alg: RS256
            skip_consent: true

          - client_id: no-pkce
            token_endpoint_auth_method: client_secret_basic
            client_secret: {{AppSecret}}
            grant_types: [authorization_code]
            redirect_uris: [https://no-pkce.test/callback]
            scopes: [openid]
            require_pkce: false
            skip_consent: true

          - client_id: pair-one
            token_endpoint_auth_method: client_secret_basic
            client_secret: {{AppSecret}}
            grant_types: [authorization_code, refresh_token]
            redirect_uris: [https://pair.test/one]
            scopes: [openid, offline_access]
            subject_type: pairwise
            skip_consent: true

          - client_id: pair-two
            token_endpoint_auth_method: client_secret_basic
            client_secret: {{AppSecret}}
            grant_types: [authorization_code]
            redirect_uris: [https://pair.test/two]
            scopes: [openid]
            subject_type: pairwise
            skip_consent: true

          - client_id: pair-other
            token_endpoint_auth_method: client_secret_basic
            client_secret: {{AppSecret}}
            grant_types: [authorization_code]
            redirect_uris: [https://pair-other.test/callback]
            scopes: [openid]
            subject_type: pairwise
            skip_consent: true

          - client_id: calendar-api
            token_endpoint_auth_method: client_secret_basic
            client_secret: {{AppSecret}}
            grant_types: [client_credentials]
            scopes: [contacts.read]

          - client_id: signed-api
            token_endpoint_auth_method: client_secret_basic
            client_secret: {{AppSecret}}
            grant_types: [client_credentials]
            scopes: [contacts.read]
            introspection_signed_response_alg: PS256

          - client_id: spa
            token_endpoint_auth_method: none
            grant_types: [authorization_code, refresh_token]
            redirect_uris: [https://spa.test/callback, http://localhost:3000/callback]
            scopes: [openid, offline_access]
            skip_consent: true

          - client_id: fapi
            token_endpoint_auth_method: private_key_jwt
            jwks: {{new JsonWebKeySet([FapiKey.PublicKey]).ToJson()}}
            grant_types: [authorization_code, refresh_token]
            redirect_uris: [https://fapi.test/callback]
            scopes: [openid, offline_access]
            skip_consent: true

        """;

    internal override string? AuthorizationDetailsFile => $$"""
        types:
          - type: booking
            locations: [{{Calendar}}]
            fields:
              actions: {values: [see, book]}
          - type: visit
            any_fields: true

        """;

    internal override string MoreResources => $$"""

          - audience: {{Calendar}}
            scopes: [calendar.read, calendar.write]
            introspection_clients: [calendar-api, signed-api]

        """;
}
