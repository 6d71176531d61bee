using System.Net;
using System.Text.Json;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.SenderConstraint;

public sealed class FapiClientTests(FapiServer server, FapiNonceServer strict) : IClassFixture<FapiServer>, IClassFixture<FapiNonceServer>
{
    private static readonly Dictionary<string, string> OwnToken = new() { ["grant_type"] = "client_credentials", ["scope"] = "contacts.read" };

    [Fact]
    public async Task T74_Without_proof_and_certificate_there_is_no_token()
    {
        using var caller = new Caller(server);
        using var response = await PostAsync(caller, "/token", server.Sign(OwnToken));

        await Caller.RefusesAsync(response, "invalid_request");
    }

    [Fact]
    public async Task T36_T68_The_token_is_bound_to_the_proof_or_else_to_the_certificate()
    {
        using var certificate = new ClientCertificate();
        using var caller = new Caller(server, certificate.Certificate);
        using var both = await PostAsync(caller, "/token", server.Sign(OwnToken), caller.Key.Prove(ProofKey.Token));
        using var alone = await PostAsync(caller, "/token", server.Sign(OwnToken));

        Assert.Equal($$"""{"jkt":"{{caller.Key.Thumbprint}}"}""", await ConfirmationAsync(both));
        Assert.Equal($$"""{"x5t#S256":"{{certificate.Thumbprint}}"}""", await ConfirmationAsync(alone));
    }

    [Fact]
    public async Task T44_A_confidential_client_refreshes_with_a_new_key_and_the_new_token_is_bound_to_that()
    {
        using var first = new Caller(server);
        using var second = new Caller(server);
        using var issued = await PostAsync(first, "/token", server.Sign(await CodeAsync(first)), first.Key.Prove(ProofKey.Token));
        var tokens = await Caller.SuccessAsync(issued);
        var refresh = new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = tokens.GetProperty("refresh_token").GetString()!,
        };
        using var refreshed = await PostAsync(second, "/token", server.Sign(refresh), second.Key.Prove(ProofKey.Token));
        using var bare = await PostAsync(second, "/token", server.Sign(refresh));

        Assert.Equal($$"""{"jkt":"{{second.Key.Thumbprint}}"}""", await ConfirmationAsync(refreshed));
        await Caller.RefusesAsync(bare, "invalid_request");
    }

    [Fact]
    public async Task T42_The_code_is_bound_to_the_key_of_the_pushed_request()
    {
        using var caller = new Caller(server);
        using var thief = new Caller(server);
        using var response = await PostAsync(thief, "/token", server.Sign(await CodeAsync(caller)), thief.Key.Prove(ProofKey.Token));

        await Caller.RefusesAsync(response, "invalid_grant");
    }

    [Fact]
    public async Task T41_The_first_attempt_does_not_use_up_the_assertion()
    {
        using var caller = new Caller(strict);
        var signed = strict.Sign(OwnToken);
        using var first = await PostAsync(caller, "/token", signed, caller.Key.Prove(ProofKey.Token));
        var nonce = first.Headers.GetValues("DPoP-Nonce").Single();
        using var second = await PostAsync(caller, "/token", signed, caller.Key.Prove(ProofKey.Token, nonce: nonce));

        await Caller.RefusesAsync(first, "use_dpop_nonce");
        await Caller.SuccessAsync(second);
    }

    private async Task<Dictionary<string, string>> CodeAsync(Caller caller)
    {
        using var portal = new Portal(server);
        var request = Portal.Request(
            ("client_id", FapiServer.Client), ("redirect_uri", FapiServer.RedirectUri), ("scope", "openid offline_access"), ("prompt", "consent"));
        using var pushed = await PostAsync(caller, "/par", server.Sign(request), caller.Key.Prove(ProofKey.Par));
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        var requestUri = (await Portal.Json(pushed)).GetProperty("request_uri").GetString()!;
        var address = $"/authorize?client_id={FapiServer.Client}&request_uri={Uri.EscapeDataString(requestUri)}";
        using var answer = await portal.SubmitAsync(await portal.OpenLoginAsync(address));
        return new()
        {
            ["grant_type"] = "authorization_code",
            ["code"] = Portal.Answer(answer, FapiServer.RedirectUri)["code"],
            ["redirect_uri"] = FapiServer.RedirectUri,
            ["code_verifier"] = Portal.Verifier,
        };
    }

    private static async Task<string> ConfirmationAsync(HttpResponseMessage response) =>
        JsonSerializer.Serialize(Portal.Claims(await Caller.TokenAsync(response)).GetProperty("cnf"), JsonSerializerOptions.Web);

    private static async Task<HttpResponseMessage> PostAsync(Caller caller, string path, Dictionary<string, string> form, string? proof = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        if (proof is not null)
        {
            request.Headers.Add("DPoP", proof);
        }

        return await caller.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
