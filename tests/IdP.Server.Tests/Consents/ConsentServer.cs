using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Consents;

/// <summary>A provider with a client of somebody else's.</summary>
public sealed class ConsentServer : IdpServer
{
    internal const string Client = "shop";

    internal override string MoreClients => """
          - client_id: shop
            client_name: A <b>shop</b>
            profile: baseline
            token_endpoint_auth_method: client_secret_basic
            client_secret: the-shop-has-a-secret-of-its-own
            grant_types: [authorization_code]
            redirect_uris: [https://shop.test/callback]
            scopes: [openid, profile, email, contacts.read]
            logo_uri: https://pictures.test/shop.png?v=1
            policy_uri: https://shop.test/privacy
            tos_uri: https://shop.test/terms

        """;
}
