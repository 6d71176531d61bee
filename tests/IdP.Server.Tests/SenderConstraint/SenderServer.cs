using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.SenderConstraint;

/// <summary>Has clients whose tokens must be bound.</summary>
public class SenderServer : IdpServer
{
    internal const string Bound = "bound";
    internal const string Certified = "certified";
    internal const string BoundSecret = "the-bound-client-has-a-secret-too";

    internal override string MoreClients => $"""

          - client_id: {Bound}
            token_endpoint_auth_method: client_secret_basic
            client_secret: {BoundSecret}
            grant_types: [client_credentials]
            scopes: [sessions.revoke]
            dpop_bound_access_tokens: true

          - client_id: {Certified}
            token_endpoint_auth_method: client_secret_basic
            client_secret: {BoundSecret}
            grant_types: [client_credentials]
            scopes: [sessions.revoke]
            tls_client_certificate_bound_access_tokens: true

        """;
}

/// <summary>Asks for nonces in proofs.</summary>
public sealed class NonceServer : SenderServer
{
    public NonceServer() => Settings["Idp:DPoP:RequireNonce"] = "true";
}
