using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Keys;
using Platform.IdP.Tests.Running;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Signals;

public sealed class RevocationEndpointTests(IdpServer server) : IClassFixture<IdpServer>
{
    private const string Ada = "5f1c3a0e-7b42-4d0b-9a51-2f6d8c9e4b10";

    [Fact]
    public async Task T20_Refuses_a_call_without_a_token()
    {
        using var response = await RevokeAsync(null, $$"""{"sub":"{{Ada}}"}""");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer, DPoP algs=\"ES256 PS256\"", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Refuses_a_users_token()
    {
        using var portal = new Portal(server);
        using var response = await RevokeAsync((await portal.SignInAsync()).GetProperty("access_token").GetString(), $$"""{"sub":"{{Ada}}"}""");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("Bearer error=\"insufficient_scope\", scope=\"sessions.revoke\"", response.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"sub":""}""")]
    [InlineData("""{"sub":7}""")]
    [InlineData("""{"sub":"a","sesion":"b"}""")]
    [InlineData("""{"sub":"a","sub":"b"}""")]
    [InlineData("""{"reason":"none"}""")]
    public async Task Refuses_a_command_that_names_nobody_or_cannot_be_read(string json)
    {
        using var portal = new Portal(server);
        using var response = await RevokeAsync(await portal.GetAdminTokenAsync(), json);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Refuses_a_body_that_is_not_JSON()
    {
        using var portal = new Portal(server);
        using var response = await RevokeAsync(await portal.GetAdminTokenAsync(), "sub=x", "application/x-www-form-urlencoded");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Refuses_a_session_of_another_user()
    {
        using var portal = new Portal(server);
        var sid = await SignInAsync(portal);
        using var response = await RevokeAsync(await portal.GetAdminTokenAsync(), $$"""{"sub":"someone-else","sid":"{{sid}}"}""");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True(await IsSignedInAsync(portal));
    }

    [Fact]
    public async Task Ends_one_session_and_publishes_the_event()
    {
        using var portal = new Portal(server);
        using var other = new Portal(server);
        var sid = await SignInAsync(portal);
        await SignInAsync(other);

        using var response = await RevokeAsync(await portal.GetAdminTokenAsync(), $$"""{"sid":"{{sid}}","reason":"A lost phone"}""");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var answer = await Portal.Json(response);
        Assert.Equal(1, answer.GetProperty("sessions").GetInt32());
        Assert.False(await IsSignedInAsync(portal));
        Assert.True(await IsSignedInAsync(other));
        var claims = await PublishedAsync(answer.GetProperty("jti").GetString()!);
        var subject = claims.GetProperty("sub_id");
        Assert.Equal(sid, subject.GetProperty("session").GetProperty("id").GetString());
        Assert.Equal(Ada, subject.GetProperty("user").GetProperty("sub").GetString());
        Assert.Equal(IdpServer.Issuer, subject.GetProperty("user").GetProperty("iss").GetString());
        var revoked = claims.GetProperty("events").GetProperty("https://schemas.openid.net/secevent/caep/event-type/session-revoked");
        Assert.Equal("admin", revoked.GetProperty("initiating_entity").GetString());
        Assert.Equal("A lost phone", revoked.GetProperty("reason_admin").GetProperty("en").GetString());
        Assert.Equal(server.Clock.GetUtcNow().ToUnixTimeSeconds(), revoked.GetProperty("event_timestamp").GetInt64());
    }

    [Fact]
    public async Task Ends_all_sessions_of_a_user()
    {
        using var portal = new Portal(server);
        using var other = new Portal(server);
        await SignInAsync(portal);
        await SignInAsync(other);

        using var response = await RevokeAsync(await portal.GetAdminTokenAsync(), $$"""{"sub":"{{Ada}}"}""");

        var answer = await Portal.Json(response);
        Assert.True(answer.GetProperty("sessions").GetInt32() >= 2);
        Assert.False(await IsSignedInAsync(portal));
        Assert.False(await IsSignedInAsync(other));
        var subject = (await PublishedAsync(answer.GetProperty("jti").GetString()!)).GetProperty("sub_id");
        Assert.Equal("complex", subject.GetProperty("format").GetString());
        Assert.False(subject.TryGetProperty("session", out _));
    }

    [Fact]
    public async Task Publishes_the_end_of_a_session_that_is_not_known_here_any_more()
    {
        using var portal = new Portal(server);
        using var response = await RevokeAsync(await portal.GetAdminTokenAsync(), """{"sid":"long-gone"}""");

        var answer = await Portal.Json(response);
        Assert.Equal(0, answer.GetProperty("sessions").GetInt32());
        var subject = (await PublishedAsync(answer.GetProperty("jti").GetString()!)).GetProperty("sub_id");
        Assert.Equal("long-gone", subject.GetProperty("session").GetProperty("id").GetString());
        Assert.False(subject.TryGetProperty("user", out _));
    }

    private async Task<System.Text.Json.JsonElement> PublishedAsync(string id)
    {
        var entry = await server.Topic.Entries.ReadAsync(TestContext.Current.CancellationToken);
        while (entry.Id != id)
        {
            entry = await server.Topic.Entries.ReadAsync(TestContext.Current.CancellationToken);
        }

        Assert.True(ActivityContext.TryParse(entry.TraceParent, null, out _));
        Assert.Equal(43, entry.Key.Length);
        var check = Jws.Verify(entry.Token, server.Services.GetRequiredService<SigningKeys>().Published,
            new JwsRules(["secevent+jwt"], [JwsAlgorithm.RS256]));
        var claims = Assert.IsType<JwsCheck.Valid>(check).Payload;
        Assert.Equal(id, claims.GetProperty("jti").GetString());
        Assert.Equal("urn:platform:caep", claims.GetProperty("aud").GetString());
        Assert.True(claims.TryGetProperty("txn", out _));
        Assert.False(claims.TryGetProperty("sub", out _));
        Assert.False(claims.TryGetProperty("exp", out _));
        return claims;
    }

    private static async Task<string> SignInAsync(Portal portal) =>
        Portal.Claims((await portal.SignInAsync()).GetProperty("id_token").GetString()!).GetProperty("sid").GetString()!;

    private static async Task<bool> IsSignedInAsync(Portal portal)
    {
        using var response = await portal.Browser.GetAsync(Portal.PlainAddress(("prompt", "none")));
        return Portal.Answer(response, Portal.PlainRedirectUri).ContainsKey("code");
    }

    private async Task<HttpResponseMessage> RevokeAsync(string? token, string body, string type = "application/json")
    {
        using var client = server.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/revocations") { Content = new StringContent(body, null, type) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await client.SendAsync(request);
    }
}
