namespace Platform.IdP.Tests.Running;

/// <summary>With clients of every kind that matters to an authorization request.</summary>
public class AuthorizeServer : IdpServer
{
    internal const string SignedRedirectUri = "https://signed.test/callback";
    internal const string SigningRedirectUri = "https://signing.test/callback";
    internal const string NativeRedirectUri = "http://127.0.0.1/callback";

    internal override string MoreClients => """
          - client_id: signed
            client_name: Wants signed answers
            token_endpoint_auth_method: client_secret_post
            client_secret: the-signed-client-has-a-secret
            grant_types: [authorization_code, refresh_token]
            redirect_uris: [https://signed.test/callback]
            scope: openid profile offline_access
            authorization_signed_response_alg: ES256
            authorization_details_types: [payment]
            default_max_age: 3600
            default_acr_values: [urn:platform:acr:password]

          - client_id: signed-ps256
            client_name: Wants answers signed in its own way
            token_endpoint_auth_method: client_secret_post
            client_secret: the-signed-client-has-a-secret
            grant_types: [authorization_code]
            redirect_uris: [https://signed.test/callback]
            scope: openid profile
            authorization_signed_response_alg: PS256

          - client_id: native
            client_name: An app on a desktop
            token_endpoint_auth_method: none
            grant_types: [authorization_code]
            redirect_uris: ["http://127.0.0.1/callback"]
            scope: openid profile offline_access

        """;

    internal override string? AuthorizationDetailsFile => """
        types:
          - type: payment
            title: Pay a bill
            fields:
              amount: {title: Amount, required: true}
              actions: {values: [initiate, cancel]}
          - type: anything
            any_fields: true

        """;
}
