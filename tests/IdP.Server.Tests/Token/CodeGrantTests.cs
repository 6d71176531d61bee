using System.Net;
using Platform.IdP.Grants;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Token;

public sealed class CodeGrantTests(IdpServer server) : IClassFixture<IdpServer>
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(300)]
    public async Task T15_Code_replay_is_refused_and_revokes_the_token(int seconds)
    {
        using var portal = new Portal(server);
        var code = await portal.GetCodeAsync();
        using var first = await portal.RedeemAsync(code);
        var token = (await Portal.Json(first)).GetProperty("access_token").GetString()!;
        using var before = await portal.GetWithTokenAsync("/userinfo", token);
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        server.Clock.Advance(TimeSpan.FromSeconds(seconds));

        using var second = await portal.RedeemAsync(code);

        await RefusesAsync(second, "invalid_grant");
        using var after = await portal.GetWithTokenAsync("/userinfo", token);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
        Assert.Contains("invalid_token", after.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task T15_Of_fifty_uses_at_once_one_succeeds()
    {
        using var portal = new Portal(server);
        var code = await portal.GetCodeAsync();

        var responses = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => portal.RedeemAsync(code)));

        Assert.Single(responses, response => response.StatusCode == HttpStatusCode.OK);
        Assert.Equal(49, responses.Count(response => response.StatusCode == HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task T16_A_code_of_another_client_is_refused()
    {
        using var portal = new Portal(server);
        using var redirect = await portal.SubmitAsync(await portal.OpenLoginAsync(Portal.PlainAddress()));
        var code = Portal.Answer(redirect, Portal.PlainRedirectUri)["code"];

        using var response = await portal.RedeemAsync(code, ("redirect_uri", Portal.PlainRedirectUri));

        await RefusesAsync(response, "invalid_grant");
    }

    [Theory]
    [InlineData("https://portal.test/auth/callback/")]
    [InlineData("https://evil.test/auth/callback")]
    [InlineData(null)]
    public async Task T16_Another_redirect_uri_is_refused(string? redirectUri)
    {
        using var portal = new Portal(server);
        using var response = await portal.RedeemAsync(await portal.GetCodeAsync(), ("redirect_uri", redirectUri));

        await RefusesAsync(response, "invalid_grant");
    }

    [Fact]
    public async Task T16_T75_A_code_is_dead_after_60_seconds()
    {
        using var portal = new Portal(server);
        var code = await portal.GetCodeAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(60));

        using var response = await portal.RedeemAsync(code);

        await RefusesAsync(response, "invalid_grant");
    }

    [Fact]
    public async Task A_code_that_was_never_issued_is_refused()
    {
        using var portal = new Portal(server);
        using var response = await portal.RedeemAsync("no-such-code");

        await RefusesAsync(response, "invalid_grant");
    }

    [Fact]
    public async Task A_missing_code_is_an_invalid_request()
    {
        using var portal = new Portal(server);
        using var response = await portal.RedeemAsync("", ("code", null));

        await RefusesAsync(response, "invalid_request");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    [InlineData("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl")]
    [InlineData(Portal.Challenge)]
    public async Task T22_A_missing_or_wrong_verifier_is_refused(string? verifier)
    {
        using var portal = new Portal(server);
        using var response = await portal.RedeemAsync(await portal.GetCodeAsync(), ("code_verifier", verifier));

        await RefusesAsync(response, "invalid_grant");
    }

    [Fact]
    public async Task A_code_of_a_session_that_was_revoked_is_refused()
    {
        using var portal = new Portal(server);
        var code = await portal.GetCodeAsync();
        await RevokeAllAsync(portal);

        using var response = await portal.RedeemAsync(code);

        await RefusesAsync(response, "invalid_grant");
    }

    [Fact]
    public async Task T28_Redis_does_not_know_the_code()
    {
        using var portal = new Portal(server);
        var code = await portal.GetCodeAsync();
        var database = server.Redis.Connection.GetDatabase();

        Assert.True(await database.KeyExistsAsync("idp:code:" + Handle.Hash(code)));
        Assert.False(await database.KeyExistsAsync("idp:code:" + code));
        Assert.InRange((await database.KeyTimeToLiveAsync("idp:code:" + Handle.Hash(code)))!.Value.TotalSeconds, 1, 60);
    }

    private static async Task RevokeAllAsync(Portal portal)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/revocations")
        {
            Content = new StringContent("""{"sub":"5f1c3a0e-7b42-4d0b-9a51-2f6d8c9e4b10"}""", null, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", await portal.GetAdminTokenAsync());
        using var response = await portal.Backchannel.SendAsync(request);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    private static async Task RefusesAsync(HttpResponseMessage response, string error)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(error, (await Portal.Json(response)).GetProperty("error").GetString());
        Assert.True(response.Headers.CacheControl!.NoStore);
    }
}
