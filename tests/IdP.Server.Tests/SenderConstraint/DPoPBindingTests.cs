using System.Net;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.SenderConstraint;

public sealed class DPoPBindingTests(SenderServer server) : IClassFixture<SenderServer>
{
    [Fact]
    public async Task T42_A_proof_at_PAR_binds_the_code()
    {
        using var caller = new Caller(server);
        using var portal = new Portal(server);
        var code = await GetCodeAsync(caller, portal);
        using var response = await caller.RedeemAsync(code, caller.Key.Prove(ProofKey.Token));

        await Caller.SuccessAsync(response);
    }

    [Fact]
    public async Task T42_The_code_is_worth_nothing_with_another_key()
    {
        using var caller = new Caller(server);
        using var thief = new Caller(server);
        using var first = new Portal(server);
        using var second = new Portal(server);
        using var other = await thief.RedeemAsync(await GetCodeAsync(caller, first), thief.Key.Prove(ProofKey.Token));
        using var none = await thief.RedeemAsync(await GetCodeAsync(caller, second));

        await Caller.RefusesAsync(other, "invalid_grant");
        await Caller.RefusesAsync(none, "invalid_grant");
    }

    [Fact]
    public async Task T42_dpop_jkt_binds_the_code_as_a_proof_does()
    {
        using var caller = new Caller(server);
        using var thief = new Caller(server);
        using var first = new Portal(server);
        using var second = new Portal(server);
        using var good = await caller.RedeemAsync(
            await first.GetCodeAsync(("dpop_jkt", caller.Key.Thumbprint)), caller.Key.Prove(ProofKey.Token));
        using var stolen = await thief.RedeemAsync(
            await second.GetCodeAsync(("dpop_jkt", caller.Key.Thumbprint)), thief.Key.Prove(ProofKey.Token));

        await Caller.SuccessAsync(good);
        await Caller.RefusesAsync(stolen, "invalid_grant");
    }

    [Fact]
    public async Task T42_dpop_jkt_and_the_proof_at_PAR_name_one_key()
    {
        using var caller = new Caller(server);
        using var other = new Caller(server);
        using var same = await PushAsync(caller, caller.Key.Prove(ProofKey.Par), caller.Key.Thumbprint);
        using var different = await PushAsync(caller, caller.Key.Prove(ProofKey.Par), other.Key.Thumbprint);

        Assert.Equal(HttpStatusCode.Created, same.StatusCode);
        await Caller.RefusesAsync(different, "invalid_dpop_proof");
    }

    [Fact]
    public async Task T37_A_proof_for_the_token_endpoint_is_none_for_PAR()
    {
        using var caller = new Caller(server);
        using var response = await PushAsync(caller, caller.Key.Prove(ProofKey.Token));

        await Caller.RefusesAsync(response, "invalid_dpop_proof");
    }

    [Fact]
    public async Task T40_A_proof_is_used_once_at_PAR()
    {
        using var caller = new Caller(server);
        var proof = caller.Key.Prove(ProofKey.Par);
        using var first = await PushAsync(caller, proof);
        using var second = await PushAsync(caller, proof);

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        await Caller.RefusesAsync(second, "invalid_dpop_proof");
    }

    private static async Task<string> GetCodeAsync(Caller caller, Portal portal)
    {
        using var pushed = await PushAsync(caller, caller.Key.Prove(ProofKey.Par));
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        var requestUri = (await Portal.Json(pushed)).GetProperty("request_uri").GetString()!;
        using var answer = await portal.SubmitAsync(
            await portal.OpenLoginAsync($"/authorize?client_id=bff-server&request_uri={Uri.EscapeDataString(requestUri)}"));
        return Portal.Answer(answer)["code"];
    }

    private static Task<HttpResponseMessage> PushAsync(Caller caller, string proof, string? thumbprint = null) =>
        caller.PostAsync("/par", Portal.Request(("dpop_jkt", thumbprint)), "bff-server", IdpServer.PortalSecret, proof);
}
