using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Platform.IdP.Tests.Running;
using Platform.IdP.Users;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Fuzzing;

/// <summary>With every feature, a client for each, and limits that no number of requests reaches.</summary>
public sealed class FuzzServer : IdpServer
{
    internal const string Secret = "a-client-that-is-fuzzed-has-a-secret";
    internal const string AutomationKey = "a-test-bed-that-is-fuzzed-has-a-key-of-its-own";
    internal const string Password = "a-password-that-is-fuzzed";
    internal const string Ada = "sub-ada";
    internal const string Grace = "sub-grace";
    internal const string ForeignIssuer = "https://foreign.test";

    public FuzzServer()
    {
        const string Many = "1000000";
        Settings["Idp:Limits:PerAddress"] = Many;
        Settings["Idp:Attempts:PerAccount"] = Many;
        Settings["Idp:Attempts:PerAddress"] = Many;
        Settings["Idp:Device:WrongCodesPerUser"] = Many;
        Settings["Idp:Device:WrongCodesPerAddress"] = Many;
        Settings["Idp:Ciba:WaitingPerUser"] = "1000";
        Settings["Idp:Ciba:AutomationKey"] = AutomationKey;
        Settings["Signals:StreamsPerReceiver"] = "100";
        Settings["Idp:Outbound:Timeout"] = "00:00:01";
        Settings["Logging:LogLevel:Default"] = "Error";
        LoggerProvider = Log = new Protocol.LogTests.Recorder();
        World = new FuzzWorld(this);
    }

    /// <summary>What went wrong within.</summary>
    internal Protocol.LogTests.Recorder Log { get; }

    internal FuzzWorld World { get; }

    internal FuzzKey Key { get; } = new();

    internal override string MoreClients => $"""

          - client_id: all
            client_name: A <client> of "all" grants
            token_endpoint_auth_method: client_secret_basic
            client_secret: {Secret}
            grant_types:
              - authorization_code
              - refresh_token
              - client_credentials
              - urn:ietf:params:oauth:grant-type:device_code
              - urn:openid:params:grant-type:ciba
              - urn:ietf:params:oauth:grant-type:token-exchange
              - urn:ietf:params:oauth:grant-type:jwt-bearer
            redirect_uris: [https://all.test/callback]
            post_logout_redirect_uris: [https://all.test/]
            scope: openid profile email offline_access contacts.read sessions.revoke signals.raise clients.register clients.read diagnostics.read ciba.decide keys.rotate streams.read streams.write ssf.read ssf.manage
            authorization_details_types: [payment]
            jwks: {new JsonWebKeySet([Key.Public]).ToJson()}

          - client_id: keyed
            token_endpoint_auth_method: private_key_jwt
            grant_types: [authorization_code, refresh_token, client_credentials]
            redirect_uris: [https://keyed.test/callback]
            scope: openid profile offline_access contacts.read
            jwks: {new JsonWebKeySet([Key.Public]).ToJson()}

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

        """;

    // Hashed once, not as often as it should be: a sign-in costs nothing here.
    internal override IReadOnlyDictionary<string, string> MoreFiles => new Dictionary<string, string>
    {
        ["users.yaml"] = $$"""
            users:
              - {sub: {{Ada}}, username: ada, name: Ada Lovelace, email: ada@example.com, password_hash: {{Hash()}} }
              - {sub: {{Grace}}, username: grace, name: Grace Hopper, email: grace@example.com, password_hash: {{Hash()}} }
            """,
        ["token_exchange.yaml"] = """
            exchanges:
              - {client_id: all, audiences: [urn:platform:contacts-api], acts_for: [urn:platform:contacts-api]}
            """,
        ["issuers.yaml"] = $"""
            issuers:
              - issuer: {ForeignIssuer}
                jwks: {new JsonWebKeySet([Key.Public]).ToJson()}
                clients: [all]
                scopes: [openid, contacts.read]
            """,
    };

    private static string Hash() => new PasswordHasher<User>(Options.Create(new PasswordHasherOptions { IterationCount = 1 }))
        .HashPassword(new User("", "", "", "", "", false), Password);
}
