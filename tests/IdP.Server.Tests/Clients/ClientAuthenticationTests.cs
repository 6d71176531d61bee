using System.Net;
using System.Text.Json.Nodes;
using Platform.IdP.Tests.Running;
using Platform.Tokens.ClientAssertions;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Clients;

public sealed class ClientAuthenticationTests(KeyClients server) : IClassFixture<KeyClients>
{
    private const string Anything = "Client authentication failed.";
    private const string AssertionRequired = "client_assertion_type must be jwt-bearer";

    [Theory]
    [InlineData("jwt", "ES256")]
    [InlineData("jwt", "PS256")]
    [InlineData("rs256", "RS256")]
    public async Task Accepts_an_assertion_of_the_clients_key(string client, string algorithm) =>
        await AcceptsAsync(KeyClients.With(server.Assertion(client, KeyFor(algorithm))));

    [Fact]
    public async Task Accepts_a_client_id_beside_the_assertion_when_it_is_the_same() =>
        await AcceptsAsync(new(KeyClients.With(server.Assertion("jwt"))) { ["client_id"] = "jwt" });

    [Fact]
    public async Task Accepts_each_method_of_those_that_are_registered_for_it()
    {
        await AcceptsAsync([], Basic("basic"));
        await AcceptsAsync(new() { ["client_id"] = "post", ["client_secret"] = KeyClients.Secret });
        await AcceptsAsync(new() { ["client_id"] = "public" });
    }

    [Theory]
    [InlineData("iss", "other")]
    [InlineData("iss", null)]
    [InlineData("sub", "fapi")]
    [InlineData("sub", "other")]
    [InlineData("sub", null)]
    [InlineData("exp", null)]
    [InlineData("jti", null)]
    [InlineData("jti", "")]
    public async Task T45_Refuses_an_assertion_with_a_claim_that_is_wrong_or_missing(string claim, string? value) =>
        await RefusesAsync(KeyClients.With(Sign(server.Es256, (claim, value is null ? null : JsonValue.Create(value)))));

    [Theory]
    [InlineData("exp", -11)]
    [InlineData("exp", 3600)]
    [InlineData("nbf", 61)]
    [InlineData("iat", 61)]
    public async Task T45_T48_Refuses_an_assertion_out_of_its_time(string claim, int seconds) =>
        await RefusesAsync(KeyClients.With(Sign(server.Es256, (claim, server.Clock.GetUtcNow().ToUnixTimeSeconds() + seconds))));

    [Fact]
    public async Task T48_Accepts_a_clock_that_is_ten_seconds_ahead()
    {
        var ahead = server.Clock.GetUtcNow().ToUnixTimeSeconds() + 10;

        await AcceptsAsync(KeyClients.With(Sign(server.Es256, ("iat", ahead), ("nbf", ahead))));
    }

    [Fact]
    public async Task T45_Refuses_the_key_of_another()
    {
        await RefusesAsync(KeyClients.With(server.Assertion("jwt", server.Foreign)));
        await RefusesAsync(KeyClients.With(server.Assertion("rs256", server.Ps256)));
    }

    [Fact]
    public async Task T45_T76_Refuses_an_algorithm_that_the_client_is_not_registered_for()
    {
        await RefusesAsync(KeyClients.With(server.Assertion("jwt", server.Rs256)));
        await RefusesAsync(KeyClients.With(server.Assertion("fapi", server.Rs256)));
        await RefusesAsync(KeyClients.With(server.Assertion("rs256", server.Es256)));
    }

    [Fact]
    public async Task T47_Refuses_an_assertion_that_was_used()
    {
        var assertion = KeyClients.With(server.Assertion("jwt"));
        await AcceptsAsync(assertion);

        await RefusesAsync(assertion);
    }

    [Fact]
    public async Task T47_Accepts_one_of_many_at_the_same_time()
    {
        var assertion = KeyClients.With(server.Assertion("jwt"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.AskAsync(assertion)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.BadRequest);
        Assert.Equal(19, answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task T47_The_id_of_an_assertion_is_its_clients_own()
    {
        await AcceptsAsync(KeyClients.With(Jwt.Sign(server.Es256, "JWT", server.Claims("jwt", ("jti", "the same")))));

        await AcceptsAsync(KeyClients.With(Jwt.Sign(server.Rs256, "JWT", server.Claims("rs256", ("jti", "the same")))));
    }

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"HS256"}""")]
    [InlineData("""{"alg":"RS256"}""")]
    [InlineData("""{"alg":"es256"}""")]
    [InlineData("""{}""")]
    [InlineData("""{"alg":"ES256","alg":"ES256"}""")]
    [InlineData("""{"alg":"ES256","crit":["exp"],"exp":1}""")]
    [InlineData("""{"alg":"ES256","b64":false}""")]
    [InlineData("""{"alg":"ES256","typ":"dpop+jwt"}""")]
    [InlineData("""{"alg":"ES256","kid":"../../keys"}""")]
    [InlineData("""{"alg":"ES256","kid":"' OR 1=1 --"}""")]
    [InlineData("""{"alg":"ES256","kid":7}""")]
    public async Task Threat17_Threat18_Refuses_a_header_that_nobody_should_write(string header) =>
        await RefusesAsync(KeyClients.With(server.Forge(header, server.Claims("jwt"))));

    [Fact]
    public async Task Threat18_Refuses_a_key_id_of_ten_kilobytes() =>
        await RefusesAsync(KeyClients.With(server.Forge($$"""{"alg":"ES256","kid":"{{new string('x', 10_000)}}"}""", server.Claims("jwt"))));

    // The header is the one that the key itself would have, but for what it brings along.
    [Fact]
    public async Task Threat18_Looks_at_no_key_that_an_assertion_brings_along()
    {
        var foreign = new JsonWebKeySet([server.Foreign.PublicKey]).ToJson()["""{"keys":[""".Length..^2];
        var before = server.Host.Requests;

        await AcceptsAsync(KeyClients.With(server.Forge(
            $$"""{"alg":"ES256","jwk":{{foreign}},"jku":"{{server.Host.Origin}}/jwks","x5u":"{{server.Host.Origin}}/x"}""", server.Claims("jwt"))));

        Assert.Equal(before, server.Host.Requests);
    }

    [Theory]
    [InlineData("not a token")]
    [InlineData("a.b.c")]
    [InlineData("....")]
    public async Task T45_Refuses_what_is_no_assertion(string assertion)
    {
        await RefusesAsync(KeyClients.With(assertion));
        await RefusesAsync(new(KeyClients.With(assertion)) { ["client_id"] = "jwt" });
    }

    [Fact]
    public async Task T45_Refuses_a_client_id_that_is_not_the_assertions()
    {
        await RefusesAsync(new(KeyClients.With(server.Assertion("jwt"))) { ["client_id"] = "rs256" });
        await RefusesAsync(new(KeyClients.With(server.Assertion("jwt"))) { ["client_id"] = "public" });
    }

    [Fact]
    public async Task T13_A_client_with_a_key_is_told_that_it_needs_an_assertion()
    {
        var assertion = server.Assertion("jwt");
        await RefusesAsync(new() { ["client_id"] = "jwt" }, null, AssertionRequired);
        await RefusesAsync(new() { ["client_id"] = "jwt", ["client_secret"] = KeyClients.Secret }, null, AssertionRequired);
        await RefusesAsync([], Basic("jwt"), AssertionRequired);
        await RefusesAsync(new() { ["client_id"] = "jwt" }, "Bearer x", AssertionRequired);
        await RefusesAsync(new() { ["client_id"] = "jwt", ["client_assertion"] = assertion }, null, AssertionRequired);
        await RefusesAsync(new() { ["client_assertion"] = assertion }, null, AssertionRequired);
        await RefusesAsync(new() { ["client_assertion"] = assertion, ["client_assertion_type"] = "urn:other" }, null, AssertionRequired);
    }

    [Theory]
    [InlineData("basic")]
    [InlineData("post")]
    [InlineData("public")]
    [InlineData("tls")]
    [InlineData("unknown")]
    public async Task T13_Threat25_Any_other_method_is_refused_as_an_unknown_client_is(string client)
    {
        if (client != "basic")
        {
            await RefusesAsync([], Basic(client));
        }

        if (client != "post")
        {
            await RefusesAsync(new() { ["client_id"] = client, ["client_secret"] = KeyClients.Secret });
        }

        if (client != "public")
        {
            await RefusesAsync(new() { ["client_id"] = client });
        }

        await RefusesAsync(new() { ["client_id"] = client, ["client_secret"] = "wrong" });
        await RefusesAsync(KeyClients.With(server.Assertion(client)));
        await RefusesAsync(new() { ["client_id"] = client, ["client_assertion_type"] = ClientAssertion.Type });
        await RefusesAsync(new() { ["client_id"] = client, ["client_assertion_type"] = "urn:other", ["client_assertion"] = "x" });
    }

    [Fact]
    public async Task T13_Refuses_a_request_that_names_no_client() => await RefusesAsync([]);

    [Fact]
    public async Task T13_Refuses_two_methods_in_one_request()
    {
        var assertion = KeyClients.With(server.Assertion("jwt"));
        await ContradictsAsync(assertion, Basic("basic"));
        await ContradictsAsync(new(assertion) { ["client_secret"] = KeyClients.Secret });
        await ContradictsAsync(new() { ["client_id"] = "post", ["client_secret"] = KeyClients.Secret }, Basic("basic"));
        await ContradictsAsync(new() { ["client_assertion_type"] = ClientAssertion.Type }, Basic("basic"));
    }

    [Fact]
    public async Task T13_The_challenge_answers_a_client_that_came_with_the_header()
    {
        using var withHeader = await server.AskAsync([], Basic("unknown"));
        using var without = await server.AskAsync(KeyClients.With(server.Assertion("unknown")));

        Assert.Equal("Basic", withHeader.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Empty(without.Headers.WwwAuthenticate);
    }

    [Fact]
    public async Task T26_A_pushed_request_takes_an_assertion_and_needs_no_client_id()
    {
        using var client = server.NewClient();
        using var response = await client.PostAsync("/par", new FormUrlEncodedContent(new Dictionary<string, string>(KeyClients.With(server.Assertion("jwt")))
        {
            ["response_type"] = "none such",
        }), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotEqual("invalid_client", (await Portal.Json(response)).GetProperty("error").GetString());
    }

    private static string Basic(string client) => Portal.Basic(client, KeyClients.Secret).ToString();

    private string Sign(SigningKey key, params (string Name, JsonNode? Value)[] changes) =>
        Jwt.Sign(key, "JWT", server.Claims("jwt", changes));

    private SigningKey KeyFor(string algorithm) => algorithm switch
    {
        "ES256" => server.Es256,
        "PS256" => server.Ps256,
        _ => server.Rs256,
    };

    private async Task AcceptsAsync(Dictionary<string, string> form, string? authorization = null) =>
        await AnswersAsync(form, authorization, HttpStatusCode.BadRequest, "unsupported_grant_type");

    private async Task RefusesAsync(Dictionary<string, string> form, string? authorization = null, string description = Anything)
    {
        var told = await AnswersAsync(form, authorization, HttpStatusCode.Unauthorized, "invalid_client");
        Assert.Equal(description, told);
    }

    private async Task ContradictsAsync(Dictionary<string, string> form, string? authorization = null) =>
        await AnswersAsync(form, authorization, HttpStatusCode.BadRequest, "invalid_request");

    private async Task<string?> AnswersAsync(Dictionary<string, string> form, string? authorization, HttpStatusCode status, string error)
    {
        using var response = await server.AskAsync(form, authorization);
        var answer = await Portal.Json(response);
        Assert.Equal(error, answer.GetProperty("error").GetString());
        Assert.Equal(status, response.StatusCode);
        return answer.GetProperty("error_description").GetString();
    }
}
