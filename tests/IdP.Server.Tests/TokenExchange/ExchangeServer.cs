using Platform.IdP.Tests.Ciba;

namespace Platform.IdP.Tests.TokenExchange;

/// <summary>A shop whose orders service asks a stock service in the person's name.</summary>
public sealed class ExchangeServer : CibaServer
{
    internal const string Orders = "urn:test:orders-api";
    internal const string Stock = "urn:test:stock-api";

    internal override string MoreResources => $"""

          - audience: {Orders}
            scopes: [orders.read]
          - audience: {Stock}
            scopes: [stock.read, stock.write]

        """;

    internal override string MoreClients => $"""
        {base.MoreClients}
          - client_id: shop
            token_endpoint_auth_method: client_secret_post
            client_secret: {Secret}
            grant_types: [urn:openid:params:grant-type:ciba, urn:ietf:params:oauth:grant-type:token-exchange]
            scope: openid orders.read stock.read stock.write

          - client_id: kiosk
            token_endpoint_auth_method: none
            grant_types: [urn:ietf:params:oauth:grant-type:device_code, urn:ietf:params:oauth:grant-type:token-exchange]
            scope: openid orders.read

        {Service("orders")}
        {Service("gateway")}
        {Service("stranger")}
        """;

    internal override IReadOnlyDictionary<string, string> MoreFiles => new Dictionary<string, string>
    {
        ["token_exchange.yaml"] = $"""
            exchanges:
              - client_id: shop
                audiences: [{Orders}]
              - client_id: kiosk
                audiences: [{Orders}]
              - client_id: orders
                audiences: [{Stock}]
                acts_for: [{Orders}]
              - client_id: gateway
                audiences: [{Orders}, {Stock}]
                acts_for: [{Orders}, {Stock}]
                impersonation: true
            """,
    };

    private static string Service(string id) => $"""

          - client_id: {id}
            token_endpoint_auth_method: client_secret_post
            client_secret: {Secret}
            grant_types: [client_credentials, urn:ietf:params:oauth:grant-type:token-exchange]
            scope: stock.read

        """;
}
