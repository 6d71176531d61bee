using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Platform.IdP.Tests.Running;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.RequestObjects;

/// <summary>At /authorize, by a client of the baseline.</summary>
public sealed class RequestObjectTests(RequestObjectServer server) : IClassFixture<RequestObjectServer>
{
    private const string RedirectUri = RequestObjectServer.SignerRedirectUri;
    private readonly RequestSigner _signer = new(server.Clock.GetUtcNow());

    [Fact]
    public async Task T28_A_signed_request_leads_to_a_code()
    {
        using var portal = new Portal(server);
        using var response = await portal.SubmitAsync(await portal.OpenLoginAsync(ByValue(RequestSigner.Sign(Claims()))));

        var answer = Portal.Answer(response, RedirectUri);
        Assert.Equal("the inner state", answer["state"]);
        Assert.Contains("code", answer.Keys);
    }

    [Fact]
    public async Task T33_Nothing_outside_of_the_object_counts()
    {
        var claims = Claims(("state", null), ("prompt", "none"));
        var answer = await AnswerAsync(ByValue(RequestSigner.Sign(claims)) +
            "&state=outer&prompt=login&redirect_uri=https%3A%2F%2Fevil.test&scope=unheard.of&response_type=token&nonce=outer");

        Assert.Equal("login_required", answer["error"]);
        Assert.DoesNotContain("state", answer.Keys);
    }

    [Fact]
    public async Task A_fault_within_a_good_object_is_told_to_the_client()
    {
        var answer = await AnswerAsync(ByValue(RequestSigner.Sign(Claims(("scope", "unheard.of")))));

        Assert.Equal("invalid_scope", answer["error"]);
        Assert.Equal("the inner state", answer["state"]);
    }

    [Fact]
    public async Task Threat9_A_foreign_redirect_uri_gets_a_page_however_well_it_is_signed() =>
        await ShowsErrorAsync(ByValue(RequestSigner.Sign(Claims(("redirect_uri", "https://evil.test/")))), "invalid_request");

    [Fact]
    public async Task Members_of_JSON_stand_for_the_parameters_of_their_name()
    {
        var claims = Claims(
            ("prompt", "none"), ("max_age", 60), ("claims", new JsonObject { ["id_token"] = new JsonObject { ["email"] = null } }),
            ("resource", new JsonArray(IdpServer.Issuer, "urn:platform:contacts-api")));

        Assert.Equal("login_required", (await AnswerAsync(ByValue(RequestSigner.Sign(claims))))["error"]);
    }

    [Theory]
    [InlineData("max_age", "-1", "invalid_request")]
    [InlineData("max_age", "1.5", "invalid_request")]
    [InlineData("claims", "[]", "invalid_request")]
    [InlineData("resource", "[\"https://unknown.test/\"]", "invalid_target")]
    [InlineData("resource", "[1]", "invalid_target")]
    [InlineData("response_type", "[\"code\"]", "unsupported_response_type")]
    public async Task Members_of_JSON_are_checked_as_parameters_are(string name, string json, string error) =>
        Assert.Equal(error, (await AnswerAsync(ByValue(RequestSigner.Sign(Claims((name, JsonNode.Parse(json)))))))["error"]);

    [Theory]
    [InlineData(JwsAlgorithm.ES256)]
    [InlineData(JwsAlgorithm.PS256)]
    [InlineData(JwsAlgorithm.RS256)]
    public async Task Every_algorithm_of_the_platform_is_accepted_from_a_client_that_named_none(JwsAlgorithm algorithm)
    {
        var key = algorithm switch
        {
            JwsAlgorithm.ES256 => RequestSigner.Es256,
            JwsAlgorithm.PS256 => RequestSigner.Ps256,
            _ => RequestSigner.Rs256,
        };

        Assert.Equal("login_required", (await AnswerAsync(ByValue(RequestSigner.Sign(Claims(("prompt", "none")), key))))["error"]);
    }

    [Theory]
    [InlineData("""{"alg":"ES256"}""")]
    [InlineData("""{"alg":"ES256","typ":"JWT"}""")]
    [InlineData("""{"alg":"ES256","typ":"application/oauth-authz-req+jwt"}""")]
    public async Task The_header_may_name_neither_type_nor_key(string header) =>
        Assert.Equal("login_required", (await AnswerAsync(ByValue(RequestSigner.SignWith(header, Claims(("prompt", "none"))))))["error"]);

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"HS256"}""")]
    [InlineData("""{"alg":"ES512"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"ES256","kid":"../../etc/passwd"}""")]
    [InlineData("""{"alg":"ES256","crit":["exp"]}""")]
    [InlineData("""{"alg":"ES256","kid":"unknown","jku":"https://evil.test/jwks"}""")]
    public async Task T30_Threat17_Threat18_Any_other_header_is_refused(string header) =>
        await ShowsErrorAsync(ByValue(RequestSigner.SignWith(header, Claims())), "invalid_request_object");

    [Fact]
    public async Task T30_An_object_without_a_signature_is_refused() => await ShowsErrorAsync(
        ByValue($"{RequestSigner.Encode("""{"alg":"none"}""")}.{RequestSigner.Encode(Claims().ToJsonString())}."),
        "invalid_request_object");

    [Fact]
    public async Task T30_The_key_of_somebody_else_is_refused() =>
        await ShowsErrorAsync(ByValue(RequestSigner.Sign(Claims(), RequestSigner.Stranger)), "invalid_request_object");

    [Fact]
    public async Task T30_The_keys_that_a_client_publishes_are_its_keys()
    {
        server.Documents["/jwks"] = RequestSigner.Published;
        var claims = Claims(("iss", "publisher"), ("client_id", "publisher"), ("prompt", "none"));

        Assert.Equal("login_required", (await AnswerAsync(ByValue(RequestSigner.Sign(claims), "publisher")))["error"]);
        await ShowsErrorAsync(ByValue(RequestSigner.Sign(claims, RequestSigner.Stranger), "publisher"), "invalid_request_object");
    }

    [Fact]
    public async Task T30_A_client_without_keys_can_sign_nothing() => await ShowsErrorAsync(
        ByValue(RequestSigner.Sign(Claims(("iss", "plain"), ("client_id", "plain"))), "plain"), "invalid_request_object");

    [Fact]
    public async Task T30_Another_algorithm_than_the_registered_is_refused() => await ShowsErrorAsync(
        ByValue(RequestSigner.Sign(Claims(("iss", "only-rs256"), ("client_id", "only-rs256"))), "only-rs256"), "invalid_request_object");

    [Fact]
    public async Task T30_RS256_is_accepted_where_it_is_registered()
    {
        var claims = Claims(("iss", "only-rs256"), ("client_id", "only-rs256"), ("prompt", "none"), ("exp", null), ("nbf", null));

        Assert.Equal("login_required", (await AnswerAsync(ByValue(RequestSigner.Sign(claims, RequestSigner.Rs256, "JWT"), "only-rs256")))["error"]);
    }

    [Fact]
    public async Task T32_An_encrypted_object_is_refused() =>
        await ShowsErrorAsync(ByValue("eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.a.b.c.d"), "invalid_request_object");

    [Theory]
    [InlineData("client_id", "plain")]
    [InlineData("iss", "plain")]
    [InlineData("sub", "signer")]
    [InlineData("aud", "https://other.test")]
    [InlineData("aud", "https://idp.test/")]
    [InlineData("request", "e30.e30.e30")]
    [InlineData("request_uri", "https://signer.test/request.jwt")]
    [InlineData("exp", "tomorrow")]
    [InlineData("STATE", "twice")]
    public async Task T31_T32_A_claim_that_does_not_fit_is_refused(string name, string value) =>
        await ShowsErrorAsync(ByValue(RequestSigner.Sign(Claims((name, value)))), "invalid_request_object");

    [Fact]
    public async Task T79_A_client_that_must_sign_cannot_do_without()
    {
        using var browser = server.NewClient();
        using var response = await browser.GetAsync(
            Portal.PlainAddress(("client_id", "only-rs256"), ("redirect_uri", RedirectUri)));

        Assert.Equal("invalid_request", Portal.Answer(response, RedirectUri)["error"]);
    }

    [Fact]
    public async Task T29_An_object_by_value_does_not_replace_the_push()
    {
        using var browser = server.NewClient();
        using var response = await browser.GetAsync(
            ByValue(RequestSigner.Sign(_signer.Claims("fapi", RequestObjectServer.FapiRedirectUri)), "fapi"));

        var answer = Portal.Answer(response, RequestObjectServer.FapiRedirectUri);
        Assert.Equal(["response"], answer.Keys);
        Assert.Equal("invalid_request", Portal.Claims(answer["response"]).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Request_and_request_uri_exclude_each_other() => await ShowsErrorAsync(
        ByValue(RequestSigner.Sign(Claims())) + "&request_uri=" + Uri.EscapeDataString(server.Web + "/request.jwt"), "invalid_request");

    [Fact]
    public async Task T28_An_object_is_fetched_from_a_registered_address()
    {
        server.Documents["/request.jwt"] = RequestSigner.Sign(Claims(("prompt", "none")));

        var answer = await AnswerAsync(ByReference(server.Web + "/request.jwt#a-hash-for-caches"));

        Assert.Equal("login_required", answer["error"]);
        Assert.Equal("the inner state", answer["state"]);
    }

    [Fact]
    public async Task What_is_fetched_is_checked_as_any_object_is()
    {
        server.Documents["/other.jwt"] = RequestSigner.Sign(Claims(), RequestSigner.Stranger);

        await ShowsErrorAsync(ByReference(server.Web + "/other.jwt"), "invalid_request_object");
    }

    [Theory]
    [InlineData("/unregistered.jwt")]
    [InlineData("/request.jwt?more")]
    [InlineData("/REQUEST.jwt")]
    [InlineData("/./request.jwt")]
    public async Task T27_Threat19_Nothing_is_fetched_from_elsewhere(string path)
    {
        var before = server.Fetches;

        await ShowsErrorAsync(ByReference(server.Web + path), "invalid_request_uri");

        Assert.Equal(before, server.Fetches);
    }

    [Theory]
    [InlineData("urn:ietf:params:oauth:request_uri:unknown")]
    [InlineData("file:///etc/passwd")]
    [InlineData("nonsense")]
    public async Task T27_What_is_no_address_of_an_object_gets_a_page(string requestUri) =>
        await ShowsErrorAsync(ByReference(requestUri), "invalid_request_uri");

    [Fact]
    public async Task T29_Nothing_is_fetched_for_a_client_that_must_push()
    {
        var before = server.Fetches;

        await ShowsErrorAsync(ByReference(server.Web + "/fapi.jwt", "fapi"), "invalid_request");

        Assert.Equal(before, server.Fetches);
    }

    private JsonObject Claims(params (string Name, JsonNode? Value)[] changes) => _signer.Claims("signer", RedirectUri, changes);

    private static string ByValue(string requestObject, string clientId = "signer") =>
        QueryHelpers.AddQueryString("/authorize", new Dictionary<string, string?> { ["client_id"] = clientId, ["request"] = requestObject });

    private static string ByReference(string requestUri, string clientId = "signer") =>
        QueryHelpers.AddQueryString("/authorize", new Dictionary<string, string?> { ["client_id"] = clientId, ["request_uri"] = requestUri });

    private async Task<Dictionary<string, string>> AnswerAsync(string address)
    {
        using var browser = server.NewClient();
        using var response = await browser.GetAsync(address);
        return Portal.Answer(response, RedirectUri);
    }

    private async Task ShowsErrorAsync(string address, string error)
    {
        using var browser = server.NewClient();
        using var response = await browser.GetAsync(address);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Null(response.Headers.Location);
        Assert.Contains($"<code>{error}</code>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
