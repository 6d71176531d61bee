using System.Net;
using Platform.IdP.Tests.Running;
using Platform.IdP.Tests.SenderConstraint;

namespace Platform.IdP.Tests.Device;

public sealed class DeviceFlowTests(DeviceServer server) : IClassFixture<DeviceServer>, IDisposable
{
    private readonly Television _tv = new(server);

    [Fact]
    public async Task A_device_is_told_where_its_user_goes_and_how_often_it_may_ask()
    {
        using var response = await _tv.PostAsync("/device_authorization", ("scope", "openid"));

        var begun = await Portal.Json(response);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Matches("^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$", begun.GetProperty("user_code").GetString());
        Assert.Equal(IdpServer.Issuer + "/device", begun.GetProperty("verification_uri").GetString());
        Assert.Equal($"{IdpServer.Issuer}/device?user_code={begun.GetProperty("user_code").GetString()}",
            begun.GetProperty("verification_uri_complete").GetString());
        Assert.Equal(600, begun.GetProperty("expires_in").GetInt32());
        Assert.Equal(5, begun.GetProperty("interval").GetInt32());
    }

    [Fact]
    public async Task T64_Who_polls_is_asked_to_wait_until_the_user_allows()
    {
        var begun = await _tv.BeginAsync();
        await AssertRefusedAsync(await _tv.PollAsync(begun), "authorization_pending");

        await _tv.DecideAsync(begun, "allow");

        using var issued = await _tv.PollAsync(begun);
        var tokens = await Portal.Json(issued);
        Assert.Equal(HttpStatusCode.OK, issued.StatusCode);
        Assert.Equal("openid profile contacts.read", tokens.GetProperty("scope").GetString());
        var idToken = Portal.Claims(tokens.GetProperty("id_token").GetString()!);
        Assert.Equal("tv", idToken.GetProperty("aud").GetString());
        Assert.False(Portal.Claims(tokens.GetProperty("access_token").GetString()!).TryGetProperty("sid", out _));

        using var portal = new Portal(server);
        using var userInfo = await portal.GetWithTokenAsync("/userinfo", tokens.GetProperty("access_token").GetString()!);
        Assert.Equal(HttpStatusCode.OK, userInfo.StatusCode);
    }

    [Fact]
    public async Task T64_Who_polls_too_early_has_to_wait_five_seconds_longer_from_then_on()
    {
        var begun = await _tv.BeginAsync();

        await AssertRefusedAsync(await _tv.PollAsync(begun), "authorization_pending");
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        await AssertRefusedAsync(await _tv.PollAsync(begun), "authorization_pending");
        server.Clock.Advance(TimeSpan.FromSeconds(4));
        await AssertRefusedAsync(await _tv.PollAsync(begun), "slow_down");
        server.Clock.Advance(TimeSpan.FromSeconds(9));
        await AssertRefusedAsync(await _tv.PollAsync(begun), "slow_down");
        server.Clock.Advance(TimeSpan.FromSeconds(15));
        await AssertRefusedAsync(await _tv.PollAsync(begun), "authorization_pending");
    }

    [Fact]
    public async Task T64_Access_is_denied_when_the_user_denies_it()
    {
        var begun = await _tv.BeginAsync();

        await _tv.DecideAsync(begun, "deny");

        await AssertRefusedAsync(await _tv.PollAsync(begun), "access_denied");
    }

    [Fact]
    public async Task T64_An_expired_device_code_is_called_expired_and_its_user_code_is_wrong()
    {
        (await _tv.SignInAsync()).Dispose();
        var begun = await _tv.BeginAsync();
        server.Clock.Advance(TimeSpan.FromMinutes(10));

        await AssertRefusedAsync(await _tv.PollAsync(begun), "expired_token");
        using var page = await _tv.EnterAsync(begun.GetProperty("user_code").GetString()!);
        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
    }

    [Fact]
    public async Task T64_A_decision_that_comes_before_the_expiry_does_not_outlive_it()
    {
        var begun = await _tv.BeginAsync();
        await _tv.DecideAsync(begun, "allow");
        server.Clock.Advance(TimeSpan.FromMinutes(10));

        await AssertRefusedAsync(await _tv.PollAsync(begun), "expired_token");
    }

    [Fact]
    public async Task T64_A_device_code_is_redeemed_once_however_many_try_at_the_same_time()
    {
        var begun = await _tv.BeginAsync();
        await _tv.DecideAsync(begun, "allow");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _tv.PollAsync(begun)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            await AssertRefusedAsync(refused, "invalid_grant");
        }
    }

    [Fact]
    public async Task T64_A_device_code_of_another_client_is_refused_and_stays_good()
    {
        using var radio = new Television(server, "radio");
        var begun = await _tv.BeginAsync();
        await _tv.DecideAsync(begun, "allow");

        await AssertRefusedAsync(await radio.PollAsync(begun), "invalid_grant");

        using var issued = await _tv.PollAsync(begun);
        Assert.Equal(HttpStatusCode.OK, issued.StatusCode);
    }

    [Fact]
    public async Task T36_A_proof_binds_the_tokens_of_a_device_to_its_key()
    {
        using var key = new ProofKey(server);
        var begun = await _tv.BeginAsync();
        await _tv.DecideAsync(begun, "allow");

        _tv.Backchannel.DefaultRequestHeaders.Add("DPoP", key.Prove(ProofKey.Token));
        using var issued = await _tv.PollAsync(begun);

        var tokens = await Portal.Json(issued);
        Assert.Equal("DPoP", tokens.GetProperty("token_type").GetString());
        Assert.Equal(key.Thumbprint, Portal.Claims(tokens.GetProperty("access_token").GetString()!)
            .GetProperty("cnf").GetProperty("jkt").GetString());
    }

    [Fact]
    public async Task A_device_code_must_be_there() => await AssertRefusedAsync(await _tv.PollAsync(null), "invalid_request");

    [Fact]
    public async Task A_device_code_that_was_never_given_out_is_refused() =>
        await AssertRefusedAsync(await _tv.PollAsync("unheard-of"), "invalid_grant");

    public void Dispose() => _tv.Dispose();

    private static async Task AssertRefusedAsync(HttpResponseMessage response, string error)
    {
        using (response)
        {
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal(error, (await Portal.Json(response)).GetProperty("error").GetString());
        }
    }
}
