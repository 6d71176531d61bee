using System.Net;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.SenderConstraint;

public sealed class DPoPNonceTests(NonceServer server) : IClassFixture<NonceServer>
{
    [Fact]
    public async Task T41_A_proof_without_the_nonce_is_sent_back_with_one_that_works()
    {
        using var caller = new Caller(server);
        using var first = await caller.GetOwnTokenAsync(SenderServer.Bound, caller.Key.Prove(ProofKey.Token));
        await Caller.RefusesAsync(first, "use_dpop_nonce");

        using var second = await caller.GetOwnTokenAsync(SenderServer.Bound, caller.Key.Prove(ProofKey.Token, nonce: Nonce(first)));
        await Caller.SuccessAsync(second);

        using var third = await caller.GetOwnTokenAsync(SenderServer.Bound, caller.Key.Prove(ProofKey.Token, nonce: Nonce(second)));
        await Caller.SuccessAsync(third);
    }

    [Fact]
    public async Task T41_Neither_code_nor_proof_of_the_key_is_used_up_by_the_first_attempt()
    {
        using var portal = new Portal(server);
        using var caller = new Caller(server);
        var code = await portal.GetCodeAsync();
        using var first = await caller.RedeemAsync(code, caller.Key.Prove(ProofKey.Token));
        await Caller.RefusesAsync(first, "use_dpop_nonce");

        using var second = await caller.RedeemAsync(code, caller.Key.Prove(ProofKey.Token, nonce: Nonce(first)));
        await Caller.SuccessAsync(second);
    }

    [Fact]
    public async Task T41_The_nonce_is_asked_for_before_the_client_authenticates()
    {
        using var caller = new Caller(server);
        using var response = await caller.PostAsync(
            "/token", new() { ["grant_type"] = "client_credentials" }, SenderServer.Bound, "a wrong secret", caller.Key.Prove(ProofKey.Token));

        await Caller.RefusesAsync(response, "use_dpop_nonce");
    }

    [Fact]
    public async Task T41_A_proof_that_is_missing_is_not_a_nonce_that_is_missing()
    {
        using var caller = new Caller(server);
        using var response = await caller.GetOwnTokenAsync(SenderServer.Bound);

        await Caller.RefusesAsync(response, "invalid_request");
    }

    [Fact]
    public async Task T41_Pushed_requests_with_a_proof_need_the_nonce()
    {
        using var caller = new Caller(server);
        using var first = await PushAsync(caller, caller.Key.Prove(ProofKey.Par));
        await Caller.RefusesAsync(first, "use_dpop_nonce");

        using var second = await PushAsync(caller, caller.Key.Prove(ProofKey.Par, nonce: Nonce(first)));
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Nonce(second);
    }

    [Fact]
    public async Task T41_Resources_have_nonces_of_their_own()
    {
        using var caller = new Caller(server);
        using var refused = await caller.GetOwnTokenAsync(SenderServer.Bound, caller.Key.Prove(ProofKey.Token));
        var token = await caller.SignInAsync(Nonce(refused));

        using var first = await caller.CallAsync("DPoP", token, caller.Key.Prove(ProofKey.UserInfo, "GET", token, Nonce(refused)));
        Caller.Challenges(first, "DPoP", "use_dpop_nonce");

        using var second = await caller.CallAsync("DPoP", token, caller.Key.Prove(ProofKey.UserInfo, "GET", token, Nonce(first)));
        await Caller.SuccessAsync(second);
        Nonce(second);
    }

    [Fact]
    public async Task T41_A_nonce_lives_for_five_minutes()
    {
        using var caller = new Caller(server);
        using var first = await caller.GetOwnTokenAsync(SenderServer.Bound, caller.Key.Prove(ProofKey.Token));
        server.Clock.Advance(TimeSpan.FromMinutes(4));
        using var good = await caller.GetOwnTokenAsync(SenderServer.Bound, caller.Key.Prove(ProofKey.Token, nonce: Nonce(first)));
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        using var late = await caller.GetOwnTokenAsync(SenderServer.Bound, caller.Key.Prove(ProofKey.Token, nonce: Nonce(first)));

        await Caller.SuccessAsync(good);
        await Caller.RefusesAsync(late, "use_dpop_nonce");
        Assert.NotEqual(Nonce(first), Nonce(late));
    }

    [Theory]
    [InlineData("made-up")]
    [InlineData("CfDJ8")]
    [InlineData("")]
    public async Task T41_A_nonce_that_was_not_issued_here_is_refused(string nonce)
    {
        using var caller = new Caller(server);
        using var response = await caller.GetOwnTokenAsync(SenderServer.Bound, caller.Key.Prove(ProofKey.Token, nonce: nonce));

        await Caller.RefusesAsync(response, "use_dpop_nonce");
    }

    [Fact]
    public async Task T41_Replicas_take_each_others_nonces()
    {
        using var caller = new Caller(server);
        var replica = new Platform.IdP.SenderConstraint.NonceSeries(
            Protector(), server.Clock);
        using var response = await caller.GetOwnTokenAsync(SenderServer.Bound, caller.Key.Prove(ProofKey.Token, nonce: replica.Current()));

        await Caller.SuccessAsync(response);
    }

    // The key ring is in Redis; a replica opens the same one.
    private Microsoft.AspNetCore.DataProtection.IDataProtector Protector() =>
        Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions
            .GetRequiredService<Microsoft.AspNetCore.DataProtection.IDataProtectionProvider>(server.Services)
            .CreateProtector("DPoP nonces of the authorization server");

    private static Task<HttpResponseMessage> PushAsync(Caller caller, string proof) =>
        caller.PostAsync("/par", Portal.Request(), "bff-server", IdpServer.PortalSecret, proof);

    // RFC 9449 section 8.1: NQCHAR
    private static string Nonce(HttpResponseMessage response)
    {
        var nonce = Assert.Single(response.Headers.GetValues("DPoP-Nonce"));
        Assert.All(nonce, character => Assert.True(character is '!' or (>= '#' and <= '[') or (>= ']' and <= '~')));
        return nonce;
    }
}
