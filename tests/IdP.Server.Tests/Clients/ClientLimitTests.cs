using System.Net;
using Platform.IdP.Protocol;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Clients;

public sealed class ClientLimitTests(ClientLimitTests.LimitedServer server) : IClassFixture<ClientLimitTests.LimitedServer>
{
    private const int Most = 5;

    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_that_asks_too_much_gets_429_at_every_endpoint_and_others_go_on()
    {
        using var client = server.NewClient();
        for (var passed = 0; passed < Most; passed++)
        {
            using var response = await PostAsync(client, "busy", "/token", "client_credentials");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        foreach (var path in new[] { "/token", "/par", "/introspect", "/revoke", "/device_authorization", "/bc-authorize" })
        {
            using var refused = await PostAsync(client, "busy", path, "client_credentials");
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
            Assert.Equal("temporarily_unavailable", (await Portal.Json(refused)).GetProperty("error").GetString());
        }

        using var other = await PostAsync(client, "idle", "/token", "client_credentials");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Whoever_only_says_that_it_is_a_client_uses_up_nothing_of_it()
    {
        using var client = server.NewClient();
        for (var failed = 0; failed < 2 * Most; failed++)
        {
            using var response = await PostAsync(client, "victim", "/token", "client_credentials", secret: "a-guess-at-the-secret");
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }

        using var own = await PostAsync(client, "victim", "/token", "client_credentials");
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
    }

    // Its name is public: anybody could use up what its people need.
    [Fact]
    public async Task A_public_client_has_no_limit_of_its_own()
    {
        using var client = server.NewClient();
        for (var passed = 0; passed < 2 * Most; passed++)
        {
            using var response = await client.PostAsync("/token", new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["client_id"] = "open",
                ["grant_type"] = "authorization_code",
                ["code"] = "unknown",
            }), _cancelled);
            Assert.Equal("invalid_grant", (await Portal.Json(response)).GetProperty("error").GetString());
        }
    }

    [Theory]
    [InlineData("urn:openid:params:grant-type:ciba", "auth_req_id")]
    [InlineData("urn:ietf:params:oauth:grant-type:device_code", "device_code")]
    public async Task Whoever_polls_is_never_answered_429(string grantType, string parameter)
    {
        using var client = server.NewClient();
        for (var poll = 0; poll < 3 * Most; poll++)
        {
            using var response = await PostAsync(client, "poller", "/token", grantType, parameter);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }
    }

    [Fact]
    public void A_limit_that_cannot_be_meant_is_refused() => Assert.Contains(
        "PerClient", new LimitOptionsValidator().Validate(null, new LimitOptions { PerClient = 0 }).FailureMessage, StringComparison.Ordinal);

    private Task<HttpResponseMessage> PostAsync(
        HttpClient client, string clientId, string path, string grantType, string parameter = "x", string secret = LimitedServer.Secret) =>
        client.PostAsync(path, new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["client_id"] = clientId,
            ["client_secret"] = secret,
            ["grant_type"] = grantType,
            [parameter] = "unknown",
        }), _cancelled);

    public sealed class LimitedServer : IdpServer
    {
        internal const string Secret = "a-client-that-is-limited-has-a-secret";

        public LimitedServer()
        {
            Settings["Idp:Limits:PerClient"] = $"{Most}";
            Settings["Idp:Limits:Window"] = "01:00:00";
        }

        internal override string MoreClients => $"""
            {Entry("busy")}{Entry("idle")}{Entry("victim")}{Entry("poller")}
              - client_id: open
                token_endpoint_auth_method: none
                grant_types: [authorization_code]
                redirect_uris: ["http://127.0.0.1/callback"]
                scope: openid

            """;

        private static string Entry(string id) => $"""

              - client_id: {id}
                token_endpoint_auth_method: client_secret_post
                client_secret: {Secret}
                grant_types: [client_credentials, urn:openid:params:grant-type:ciba, urn:ietf:params:oauth:grant-type:device_code]
                scope: contacts.read

            """;
    }
}
