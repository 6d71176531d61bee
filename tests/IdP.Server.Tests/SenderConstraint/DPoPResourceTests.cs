using System.Net;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.SenderConstraint;

public sealed class DPoPResourceTests(SenderServer server) : IClassFixture<SenderServer>
{
    [Theory]
    [InlineData("DPoP")]
    [InlineData("dPOp")]
    public async Task T43_The_holder_of_the_key_may_use_the_token(string scheme)
    {
        using var caller = new Caller(server);
        var token = await caller.SignInAsync();
        using var response = await caller.CallAsync(scheme, token, caller.Key.Prove(ProofKey.UserInfo, "GET", token));

        Assert.True((await Caller.SuccessAsync(response)).TryGetProperty("sub", out _));
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("bEARER")]
    public async Task A_bearer_token_is_taken_whatever_the_case_of_the_scheme(string scheme)
    {
        using var portal = new Portal(server);
        using var caller = new Caller(server);
        var token = (await portal.SignInAsync()).GetProperty("access_token").GetString()!;
        using var response = await caller.CallAsync(scheme, token, proof: null);

        await Caller.SuccessAsync(response);
    }

    [Fact]
    public async Task T43_A_bound_token_is_no_bearer_token()
    {
        using var caller = new Caller(server);
        var token = await caller.SignInAsync();
        using var bare = await caller.CallAsync("Bearer", token, proof: null);
        using var withProof = await caller.CallAsync("Bearer", token, caller.Key.Prove(ProofKey.UserInfo, "GET", token));

        Caller.Challenges(bare, "Bearer", "invalid_token");
        Caller.Challenges(withProof, "Bearer", "invalid_token");
    }

    [Fact]
    public async Task T43_A_bearer_token_is_no_bound_token()
    {
        using var portal = new Portal(server);
        using var caller = new Caller(server);
        var token = (await portal.SignInAsync()).GetProperty("access_token").GetString()!;
        using var response = await caller.CallAsync("DPoP", token, caller.Key.Prove(ProofKey.UserInfo, "GET", token));

        Caller.Challenges(response, "DPoP", "invalid_token");
    }

    [Fact]
    public async Task T43_Without_a_proof_the_token_is_worth_nothing()
    {
        using var caller = new Caller(server);
        var token = await caller.SignInAsync();
        using var response = await caller.CallAsync("DPoP", token, proof: null);

        Caller.Challenges(response, "DPoP", "invalid_dpop_proof");
    }

    [Fact]
    public async Task T43_Another_key_is_refused()
    {
        using var caller = new Caller(server);
        using var thief = new Caller(server);
        var token = await caller.SignInAsync();
        using var response = await thief.CallAsync("DPoP", token, thief.Key.Prove(ProofKey.UserInfo, "GET", token));

        Caller.Challenges(response, "DPoP", "invalid_token");
    }

    [Fact]
    public async Task T43_A_proof_for_another_token_is_refused()
    {
        using var caller = new Caller(server);
        var token = await caller.SignInAsync();
        using var another = await caller.CallAsync("DPoP", token, caller.Key.Prove(ProofKey.UserInfo, "GET", token + "x"));
        using var none = await caller.CallAsync("DPoP", token, caller.Key.Prove(ProofKey.UserInfo, "GET"));

        Caller.Challenges(another, "DPoP", "invalid_dpop_proof");
        Caller.Challenges(none, "DPoP", "invalid_dpop_proof");
    }

    [Theory]
    [InlineData(ProofKey.Token, "GET")]
    [InlineData(ProofKey.UserInfo, "POST")]
    public async Task T37_A_proof_for_another_request_is_refused(string address, string method)
    {
        using var caller = new Caller(server);
        var token = await caller.SignInAsync();
        using var response = await caller.CallAsync("DPoP", token, caller.Key.Prove(address, method, token));

        Caller.Challenges(response, "DPoP", "invalid_dpop_proof");
    }

    [Fact]
    public async Task Threat7_A_proof_that_was_seen_is_worth_nothing()
    {
        using var caller = new Caller(server);
        var token = await caller.SignInAsync();
        var proof = caller.Key.Prove(ProofKey.UserInfo, "GET", token);
        using var first = await caller.CallAsync("DPoP", token, proof);
        using var second = await caller.CallAsync("DPoP", token, proof);

        await Caller.SuccessAsync(first);
        Caller.Challenges(second, "DPoP", "invalid_dpop_proof");
    }

    [Fact]
    public async Task Threat7_A_proof_that_was_made_in_advance_ends_with_its_minute()
    {
        using var caller = new Caller(server);
        var token = await caller.SignInAsync();
        var proof = caller.Key.Prove(ProofKey.UserInfo, "GET", token);
        server.Clock.Advance(TimeSpan.FromSeconds(60));
        using var response = await caller.CallAsync("DPoP", token, proof);

        Caller.Challenges(response, "DPoP", "invalid_dpop_proof");
    }

    [Fact]
    public async Task Threat7_The_administrators_endpoint_asks_for_the_proof_as_well()
    {
        using var caller = new Caller(server);
        using var issued = await caller.GetOwnTokenAsync(SenderServer.Bound, caller.Key.Prove(ProofKey.Token));
        var token = await Caller.TokenAsync(issued);
        const string Address = IdpServer.Issuer + "/admin/revocations";

        using var bare = await RevokeAsync(caller, "Bearer", token, null);
        var proof = caller.Key.Prove(Address, "POST", token);
        using var first = await RevokeAsync(caller, "DPoP", token, proof);
        using var replayed = await RevokeAsync(caller, "DPoP", token, proof);

        Caller.Challenges(bare, "Bearer", "invalid_token");
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Caller.Challenges(replayed, "DPoP", "invalid_dpop_proof");
    }

    [Fact]
    public async Task T20_A_token_in_the_query_is_never_read()
    {
        using var caller = new Caller(server);
        var token = await caller.SignInAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/userinfo?access_token={token}");
        request.Headers.Add("DPoP", caller.Key.Prove(ProofKey.UserInfo, "GET", token));
        using var response = await caller.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("c770aef3-6784-41f7-8e0e-ff5f97bddb3a", true)]
    [InlineData("not a uuid", false)]
    [InlineData(null, false)]
    public async Task Userinfo_names_the_interaction(string? sent, bool echoed)
    {
        using var caller = new Caller(server);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/userinfo");
        if (sent is not null)
        {
            request.Headers.Add("x-fapi-interaction-id", sent);
        }

        using var response = await caller.Http.SendAsync(request, TestContext.Current.CancellationToken);

        var id = Assert.Single(response.Headers.GetValues("x-fapi-interaction-id"));
        Assert.True(Guid.TryParseExact(id, "D", out _));
        Assert.Equal(echoed, id == sent);
    }

    private static async Task<HttpResponseMessage> RevokeAsync(Caller caller, string scheme, string token, string? proof)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/revocations")
        {
            Content = new StringContent("""{"sub":"nobody"}""", null, "application/json"),
        };
        request.Headers.Authorization = new(scheme, token);
        if (proof is not null)
        {
            request.Headers.Add("DPoP", proof);
        }

        return await caller.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
