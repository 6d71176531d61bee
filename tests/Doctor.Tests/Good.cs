using System.Text.Json;
using Platform.Doctor.Evidence;

namespace Platform.Doctor.Tests;

/// <summary>Evidence of a topology where all matches; tests change one thing of it.</summary>
internal static class Good
{
    public const string Portal = "https://portal.example";
    public const string Issuer = "https://idp.example";
    public const string Callback = Portal + "/auth/callback";
    public const string JwksUri = Portal + "/.well-known/jwks.json";

    private const string DocumentText = $$"""
        {
          "issuer": "{{Issuer}}",
          "authorization_endpoint": "{{Issuer}}/authorize",
          "token_endpoint": "{{Issuer}}/token",
          "jwks_uri": "{{Issuer}}/jwks",
          "pushed_authorization_request_endpoint": "{{Issuer}}/par",
          "scopes_supported": ["openid", "offline_access", "contacts.read"],
          "code_challenge_methods_supported": ["S256"],
          "response_modes_supported": ["query", "jwt"],
          "dpop_signing_alg_values_supported": ["ES256", "PS256"],
          "token_endpoint_auth_methods_supported": ["private_key_jwt", "client_secret_basic"],
          "authorization_response_iss_parameter_supported": true
        }
        """;

    public static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static readonly BffKeyView Key = new("key-1", "EC", "ES256", "thumbprint-1", Signs: true);

    public static readonly ProviderView Provider = new(
        "", Issuer, "bff-server", "private_key_jwt", PushedAuthorization: true, Pkce: true, SignedResponse: true, ResponseIssuer: true,
        DPoP: true, ["openid", "offline_access", "contacts.read"], [Callback], ["ES256", "PS256"], [Key],
        new WishedClient([$"{Portal}/"], $"{Portal}/auth/backchannel-logout", JwksUri, ["authorization_code", "refresh_token"]),
        new EndpointsView(new($"{Issuer}/authorize"), new($"{Issuer}/token"), new($"{Issuer}/jwks")), MetadataFault: null, Lacks: null);

    public static readonly BffView Bff = new(
        Now, "Healthy", [new("redis-cache", "Healthy", "answered")], new EventsView(Required: true, Silent: false, Now.AddSeconds(-1)),
        new BffRegistrationView(HasInitialAccessToken: false, null, ForceReplace: false, "not_wanted", null), [Provider]);

    public static readonly PolicyView Policy = new(
        "code-flow-pkjwt", ["code-flow-pkjwt", "fapi"], ["openid", "offline_access", "contacts.read"], ["https"], null, 10,
        ["private_key_jwt"], ["authorization_code", "refresh_token"], null);

    public static readonly ClientView Client = new(
        "bff-server", "fapi2", "private_key_jwt", HasSecret: false, ["authorization_code", "refresh_token"],
        ["openid", "offline_access", "contacts.read"], [Callback], [$"{Portal}/"], $"{Portal}/auth/backchannel-logout", JwksUri,
        [new("key-1", "EC", "ES256", "thumbprint-1")], null, [], ["ES256", "PS256"], "ES256", null,
        RequirePushedAuthorizationRequests: true, RequirePkce: true, RequireSignedRequestObject: false, DpopBoundAccessTokens: true,
        TlsClientCertificateBoundAccessTokens: false, RequiresSenderConstraint: true, Policy);

    public static readonly IdpView Idp = new(
        Issuer, Now, "Healthy", [new("redis-cache", "Healthy", null)],
        new KafkaView("kafka:9092", null, [new("caep.events", 6), new("caep.events.dlt", 6)]));

    public static readonly IReadOnlyList<PublishedKey> Keys = [new("key-1", "EC", "ES256", "thumbprint-1")];

    public static readonly Metadata Metadata = new(JsonDocument.Parse(DocumentText).RootElement);

    public static CaseFile File => new(
        new Answer<BffView>.Given(Bff), new Answer<ProviderView>.Given(Provider), new Answer<Metadata>.Given(Metadata),
        new Answer<IReadOnlyList<PublishedKey>>.Given(Keys), new Answer<IReadOnlyList<PublishedKey>>.Given(Keys),
        new Answer<IdpView>.Given(Idp), new Answer<ClientLookup>.Given(new("bff-server", Client)),
        [new("caep", new("http://caep.example"), null)], [new("The BFF", TimeSpan.Zero), new("The IdP", TimeSpan.FromSeconds(30))]);

    /// <summary>The metadata, without a member.</summary>
    public static Metadata Without(string member) => new(JsonSerializer.SerializeToElement(
        Metadata.Json.EnumerateObject().Where(each => each.Name != member).ToDictionary(each => each.Name, each => each.Value)));

    /// <summary>The metadata with a member as it is written here.</summary>
    public static Metadata With(string member, string json)
    {
        var members = Metadata.Json.EnumerateObject().ToDictionary(each => each.Name, each => each.Value);
        members[member] = JsonDocument.Parse(json).RootElement;
        return new(JsonSerializer.SerializeToElement(members));
    }
}
