using Microsoft.AspNetCore.Http;
using Platform.IdP.Tests.Running;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.JwtBearer;

/// <summary>With two trusted issuers: one gives its keys, one is asked for them.</summary>
public sealed class JwtBearerServer : IdpServer, IAsyncLifetime
{
    internal const string Secret = "the-partner-has-a-secret-too";
    internal const string Given = "https://given.test";
    internal const string Asked = "https://asked.test";

    private ClientHost _host = null!;

    internal SigningKey Key { get; } = SigningKey.Create(JwsAlgorithm.ES256);

    internal SigningKey RsaKey { get; } = SigningKey.Create(JwsAlgorithm.RS256);

    /// <summary>What the issuer publishes that is asked.</summary>
    internal JsonWebKeySet Published { get; set; } = new([]);

    internal int Fetches => _host.Requests;

    internal override string MoreClients => $"""

          - client_id: partner
            token_endpoint_auth_method: client_secret_post
            client_secret: {Secret}
            grant_types: [urn:ietf:params:oauth:grant-type:jwt-bearer]
            scope: openid profile contacts.read

          - client_id: stranger
            token_endpoint_auth_method: client_secret_post
            client_secret: {Secret}
            grant_types: [urn:ietf:params:oauth:grant-type:jwt-bearer]
            scope: contacts.read

        """;

    internal override IReadOnlyDictionary<string, string> MoreFiles => new Dictionary<string, string>
    {
        ["issuers.yaml"] = $"""
            issuers:
              - issuer: {Given}
                jwks: {new JsonWebKeySet([Key.PublicKey, RsaKey.PublicKey]).ToJson()}
                clients: [partner]
                scopes: [openid, contacts.read]
              - issuer: {Asked}
                jwks_uri: {_host.Origin}/jwks
                algorithms: [ES256]
                clients: [partner]
                scopes: [contacts.read]
                subject_claim: preferred_username
                subject_is: username
            """,
    };

    public new async ValueTask InitializeAsync()
    {
        _host = await ClientHost.StartAsync(http => http.Response.WriteAsync(Published.ToJson()));
        Settings["Idp:Outbound:CaFile"] = _host.CaFile;
        await base.InitializeAsync();
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _host.DisposeAsync();
        Key.Dispose();
        RsaKey.Dispose();
    }
}
