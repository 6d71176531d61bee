using System.Net;
using System.Text.Json.Nodes;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.SenderConstraint;

public sealed class DPoPTokenTests(SenderServer server) : IClassFixture<SenderServer>
{
    /// <summary>What is wrong with a proof.</summary>
    public static TheoryData<string> Faults => [.. Wrong.Keys];

    private static readonly Dictionary<string, Func<ProofKey, string>> Wrong = new()
    {
        ["garbage"] = _ => "garbage",
        ["empty"] = _ => "",
        ["two parts"] = key => key.Prove(ProofKey.Token)[..^87],
        ["type"] = key => key.Prove(ProofKey.Token, changeHeader: header => header["typ"] = "JWT"),
        ["no type"] = key => key.Prove(ProofKey.Token, changeHeader: header => header.Remove("typ")),
        ["no key"] = key => key.Prove(ProofKey.Token, changeHeader: header => header.Remove("jwk")),
        ["no algorithm"] = key => key.Prove(ProofKey.Token, changeHeader: header => header.Remove("alg")),
        ["none"] = key => key.Prove(ProofKey.Token, changeHeader: header => header["alg"] = "none"),
        ["HS256"] = key => key.Prove(ProofKey.Token, changeHeader: header => header["alg"] = "HS256"),
        ["private key"] = key => key.Prove(ProofKey.Token, changeHeader: header => header["jwk"]!["d"] = key.PrivatePart),
        ["no id"] = key => key.Prove(ProofKey.Token, changeClaims: claims => claims.Remove("jti")),
        ["no method"] = key => key.Prove(ProofKey.Token, changeClaims: claims => claims.Remove("htm")),
        ["no address"] = key => key.Prove(ProofKey.Token, changeClaims: claims => claims.Remove("htu")),
        ["no time"] = key => key.Prove(ProofKey.Token, changeClaims: claims => claims.Remove("iat")),
        ["method"] = key => key.Prove(ProofKey.Token, method: "PUT"),
        ["address"] = key => key.Prove(ProofKey.Par),
        ["host"] = key => key.Prove("https://other.test/token"),
        ["scheme"] = key => key.Prove("http://idp.test/token"),
        ["signature"] = key => key.Prove(ProofKey.Token)[..^8] + "AAAAAAAA",
        ["an hour ago"] = key => key.Prove(ProofKey.Token, changeClaims: claims => Shift(claims, -3600)),
        ["in an hour"] = key => key.Prove(ProofKey.Token, changeClaims: claims => Shift(claims, 3600)),
    };

    [Fact]
    public async Task T36_A_token_is_bound_to_the_key_of_the_proof()
    {
        using var caller = new Caller(server);
        using var response = await caller.GetOwnTokenAsync(SenderServer.Bound, caller.Key.Prove(ProofKey.Token));

        var tokens = await Caller.SuccessAsync(response);
        Assert.Equal("DPoP", tokens.GetProperty("token_type").GetString());
        var claims = Portal.Claims(tokens.GetProperty("access_token").GetString()!);
        Assert.Equal(caller.Key.Thumbprint, claims.GetProperty("cnf").GetProperty("jkt").GetString());
        Assert.False(response.Headers.Contains("DPoP-Nonce"));
    }

    [Fact]
    public async Task T36_A_client_that_need_not_bind_its_tokens_may()
    {
        using var caller = new Caller(server);
        var token = await caller.SignInAsync();

        Assert.Equal(caller.Key.Thumbprint, Portal.Claims(token).GetProperty("cnf").GetProperty("jkt").GetString());
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task T37_T39_A_proof_that_is_wrong_is_refused(string fault)
    {
        using var caller = new Caller(server);
        using var response = await caller.GetOwnTokenAsync(SenderServer.Bound, Wrong[fault](caller.Key));

        await Caller.RefusesAsync(response, "invalid_dpop_proof");
    }

    [Fact]
    public async Task T37_Two_proofs_are_refused()
    {
        using var caller = new Caller(server);
        using var response = await caller.GetOwnTokenAsync(
            SenderServer.Bound, caller.Key.Prove(ProofKey.Token), caller.Key.Prove(ProofKey.Token));

        await Caller.RefusesAsync(response, "invalid_dpop_proof");
    }

    [Theory]
    [InlineData("https://idp.test/token?query#fragment")]
    [InlineData("HTTPS://IDP.TEST/token")]
    [InlineData("https://idp.test:443/token")]
    public async Task T38_The_address_is_compared_in_its_normal_form(string address)
    {
        using var caller = new Caller(server);
        using var response = await caller.GetOwnTokenAsync(SenderServer.Bound, caller.Key.Prove(address));

        await Caller.SuccessAsync(response);
    }

    [Fact]
    public async Task T38_Other_claims_are_ignored()
    {
        using var caller = new Caller(server);
        var now = server.Clock.GetUtcNow().ToUnixTimeSeconds();
        using var response = await caller.GetOwnTokenAsync(SenderServer.Bound, caller.Key.Prove(
            ProofKey.Token, nonce: "of another server", changeClaims: claims => (claims["nbf"], claims["exp"]) = (now, now + 300)));

        await Caller.SuccessAsync(response);
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(10)]
    public async Task T39_A_clock_that_differs_by_ten_seconds_is_good_enough(int seconds)
    {
        using var caller = new Caller(server);
        using var response = await caller.GetOwnTokenAsync(
            SenderServer.Bound, caller.Key.Prove(ProofKey.Token, changeClaims: claims => Shift(claims, seconds)));

        await Caller.SuccessAsync(response);
    }

    [Fact]
    public async Task T40_A_proof_is_used_once()
    {
        using var caller = new Caller(server);
        var proof = caller.Key.Prove(ProofKey.Token);
        using var first = await caller.GetOwnTokenAsync(SenderServer.Bound, proof);
        using var second = await caller.GetOwnTokenAsync(SenderServer.Bound, proof);

        await Caller.SuccessAsync(first);
        await Caller.RefusesAsync(second, "invalid_dpop_proof");
    }

    [Fact]
    public async Task T40_Of_fifty_parallel_uses_of_a_proof_one_succeeds()
    {
        using var caller = new Caller(server);
        var proof = caller.Key.Prove(ProofKey.Token);

        var responses = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => caller.GetOwnTokenAsync(SenderServer.Bound, proof)));

        Assert.Single(responses, response => response.StatusCode == HttpStatusCode.OK);
        foreach (var refused in responses.Where(response => response.StatusCode != HttpStatusCode.OK))
        {
            await Caller.RefusesAsync(refused, "invalid_dpop_proof");
        }
    }

    [Fact]
    public async Task T40_Two_keys_may_use_the_same_id()
    {
        using var caller = new Caller(server);
        using var other = new Caller(server);
        using var first = await caller.GetOwnTokenAsync(
            SenderServer.Bound, caller.Key.Prove(ProofKey.Token, changeClaims: claims => claims["jti"] = "the same"));
        using var second = await caller.GetOwnTokenAsync(
            SenderServer.Bound, other.Key.Prove(ProofKey.Token, changeClaims: claims => claims["jti"] = "the same"));

        await Caller.SuccessAsync(first);
        await Caller.SuccessAsync(second);
    }

    [Theory]
    [InlineData(SenderServer.Bound)]
    [InlineData(SenderServer.Certified)]
    public async Task T74_A_client_whose_tokens_must_be_bound_gets_none_without_a_key(string clientId)
    {
        using var caller = new Caller(server);
        using var response = await caller.GetOwnTokenAsync(clientId);

        await Caller.RefusesAsync(response, "invalid_request");
    }

    [Fact]
    public async Task T74_A_proof_does_not_stand_for_a_certificate()
    {
        using var caller = new Caller(server);
        using var response = await caller.GetOwnTokenAsync(SenderServer.Certified, caller.Key.Prove(ProofKey.Token));

        await Caller.RefusesAsync(response, "invalid_request");
    }

    [Fact]
    public async Task The_metadata_name_the_algorithms_of_proofs()
    {
        using var caller = new Caller(server);
        var metadata = JsonNode.Parse(await caller.Http.GetStringAsync("/.well-known/openid-configuration", TestContext.Current.CancellationToken))!;

        Assert.Equal("[\"ES256\",\"PS256\"]", metadata["dpop_signing_alg_values_supported"]!.ToJsonString());
        Assert.Null(metadata["tls_client_certificate_bound_access_tokens"]);
        Assert.Null(metadata["mtls_endpoint_aliases"]);
    }

    private static void Shift(JsonObject claims, int seconds) => claims["iat"] = claims["iat"]!.GetValue<long>() + seconds;
}
