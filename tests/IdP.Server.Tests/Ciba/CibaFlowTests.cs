using System.Net;
using Platform.IdP.Tests.Running;
using Platform.IdP.Tests.SenderConstraint;

namespace Platform.IdP.Tests.Ciba;

public sealed class CibaFlowTests(CibaServer server) : IClassFixture<CibaServer>, IDisposable
{
    private readonly CibaClient _bank = new(server);

    [Fact]
    public async Task A_client_that_polls_gets_tokens_once_the_operator_has_reported_a_yes()
    {
        var begun = await _bank.BeginAsync(("scope", "openid contacts.read"));
        Assert.Matches("^[A-Za-z0-9._-]{43}$", begun.GetProperty("auth_req_id").GetString());
        Assert.Equal(300, begun.GetProperty("expires_in").GetInt32());
        Assert.Equal(5, begun.GetProperty("interval").GetInt32());
        await CibaClient.AssertRefusedAsync(await _bank.PollAsync(begun), "authorization_pending");
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        await CibaClient.AssertRefusedAsync(await _bank.PollAsync(begun), "authorization_pending");

        using var decided = await _bank.DecideAsync(begun, "allow");
        using var issued = await _bank.PollAsync(begun);

        Assert.Equal(HttpStatusCode.NoContent, decided.StatusCode);
        Assert.Equal(HttpStatusCode.OK, issued.StatusCode);
        Assert.True(issued.Headers.CacheControl!.NoStore);
        var tokens = await Portal.Json(issued);
        Assert.Equal("openid contacts.read", tokens.GetProperty("scope").GetString());
        var idToken = Portal.Claims(tokens.GetProperty("id_token").GetString()!);
        Assert.Equal("bank", idToken.GetProperty("aud").GetString());
        Assert.Equal(server.Clock.GetUtcNow().ToUnixTimeSeconds(), idToken.GetProperty("auth_time").GetInt64());
        Assert.False(idToken.TryGetProperty("nonce", out _));
    }

    [Fact]
    public async Task Who_polls_too_early_slows_down_and_still_gets_its_tokens()
    {
        var begun = await _bank.BeginAsync();
        await CibaClient.AssertRefusedAsync(await _bank.PollAsync(begun), "authorization_pending");
        for (var i = 0; i < 20; i++)
        {
            await CibaClient.AssertRefusedAsync(await _bank.PollAsync(begun), "slow_down");
        }

        (await _bank.DecideAsync(begun, "allow")).Dispose();

        using var issued = await _bank.PollAsync(begun);
        Assert.Equal(HttpStatusCode.OK, issued.StatusCode);
    }

    [Fact]
    public async Task A_denial_is_told()
    {
        var begun = await _bank.BeginAsync();

        (await _bank.DecideAsync(begun, "deny")).Dispose();

        await CibaClient.AssertRefusedAsync(await _bank.PollAsync(begun), "access_denied");
    }

    [Theory]
    [InlineData("10", 10)]
    [InlineData("99999", 1800)]
    public async Task The_client_chooses_the_expiry_within_bounds_and_is_told_of_it(string requested, int seconds)
    {
        var begun = await _bank.BeginAsync(("requested_expiry", requested));

        Assert.Equal(seconds, begun.GetProperty("expires_in").GetInt32());
        server.Clock.Advance(TimeSpan.FromSeconds(seconds));
        await CibaClient.AssertRefusedAsync(await _bank.PollAsync(begun), "expired_token");
        using var late = await _bank.DecideAsync(begun, "allow");
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
    }

    [Fact]
    public async Task An_auth_req_id_is_redeemed_once_however_many_try_at_the_same_time()
    {
        var begun = await _bank.BeginAsync();
        (await _bank.DecideAsync(begun, "allow")).Dispose();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _bank.PollAsync(begun)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            await CibaClient.AssertRefusedAsync(refused, "invalid_grant");
        }
    }

    [Fact]
    public async Task An_auth_req_id_of_another_client_is_refused()
    {
        using var till = new CibaClient(server, "till");
        var begun = await _bank.BeginAsync();
        (await _bank.DecideAsync(begun, "allow")).Dispose();

        await CibaClient.AssertRefusedAsync(await till.PollAsync(begun), "invalid_grant");
    }

    [Fact]
    public async Task An_auth_req_id_must_be_there() => await CibaClient.AssertRefusedAsync(await _bank.PollAsync((string?)null), "invalid_request");

    [Fact]
    public async Task T74_A_client_whose_tokens_are_bound_shows_its_key_and_loses_nothing_before()
    {
        using var key = new ProofKey(server);
        using var bound = new CibaClient(server, "bound");
        var begun = await bound.BeginAsync();
        (await bound.DecideAsync(begun, "allow")).Dispose();
        await CibaClient.AssertRefusedAsync(await bound.PollAsync(begun), "invalid_request");

        bound.Backchannel.DefaultRequestHeaders.Add("DPoP", key.Prove(ProofKey.Token));
        using var issued = await bound.PollAsync(begun);

        var tokens = await Portal.Json(issued);
        Assert.Equal("DPoP", tokens.GetProperty("token_type").GetString());
        Assert.Equal(key.Thumbprint, Portal.Claims(tokens.GetProperty("access_token").GetString()!)
            .GetProperty("cnf").GetProperty("jkt").GetString());
    }

    [Fact]
    public async Task The_class_that_was_asked_for_is_what_the_operator_answers_for()
    {
        var begun = await _bank.BeginAsync(("acr_values", "urn:platform:acr:password"));
        (await _bank.DecideAsync(begun, "allow")).Dispose();

        var tokens = await Portal.Json(await _bank.PollAsync(begun));

        Assert.Equal("urn:platform:acr:password", Portal.Claims(tokens.GetProperty("id_token").GetString()!).GetProperty("acr").GetString());
    }

    [Fact]
    public async Task The_metadata_names_the_endpoint_and_what_it_takes()
    {
        var metadata = await Portal.Json(await _bank.Backchannel.GetAsync("/.well-known/openid-configuration", TestContext.Current.CancellationToken));

        Assert.Equal(IdpServer.Issuer + "/bc-authorize", metadata.GetProperty("backchannel_authentication_endpoint").GetString());
        Assert.Equal("""["poll","ping"]""", metadata.GetProperty("backchannel_token_delivery_modes_supported").GetRawText());
        Assert.Equal("""["ES256","PS256"]""", metadata.GetProperty("backchannel_authentication_request_signing_alg_values_supported").GetRawText());
        Assert.False(metadata.GetProperty("backchannel_user_code_parameter_supported").GetBoolean());
    }

    public void Dispose() => _bank.Dispose();
}
