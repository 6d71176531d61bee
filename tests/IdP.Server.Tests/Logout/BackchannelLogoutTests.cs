using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Grants;
using Platform.IdP.Logout;
using Platform.IdP.Tests.Running;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Logout;

public sealed class BackchannelLogoutTests(LogoutServer server) : IClassFixture<LogoutServer>
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task T81_A_logout_token_has_its_typ_and_event_and_sid_and_sub_and_no_nonce()
    {
        using var visitor = new Visitor(server);
        var idToken = await visitor.SignInAsync("back");

        using var response = await visitor.SignOutAsync(idToken, "https://back.test/", "the state");

        Assert.Equal("https://back.test/?state=the%20state", response.Headers.Location!.OriginalString);
        Assert.False(await visitor.IsSignedInAsync());
        var notice = await NoticeAsync("back", idToken);
        Assert.Equal(["logout_token"], notice.Form.Keys);
        var (header, claims) = await VerifyAsync(notice.Form["logout_token"]);
        Assert.Equal("logout+jwt", header.GetProperty("typ").GetString());
        Assert.Equal(IdpServer.Issuer, claims.GetProperty("iss").GetString());
        Assert.Equal("back", claims.GetProperty("aud").GetString());
        var now = server.Clock.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal(now, claims.GetProperty("iat").GetInt64());
        Assert.InRange(claims.GetProperty("exp").GetInt64() - now, 1, 120);
        Assert.False(string.IsNullOrEmpty(claims.GetProperty("jti").GetString()));
        Assert.Equal("{\"" + Event + "\":{}}", claims.GetProperty("events").GetRawText());
        Assert.Equal(Visitor.Claims(idToken).GetProperty("sub").GetString(), claims.GetProperty("sub").GetString());
        Assert.Equal(Visitor.Claims(idToken).GetProperty("sid").GetString(), claims.GetProperty("sid").GetString());
        Assert.False(claims.TryGetProperty("nonce", out _));
    }

    [Theory]
    [InlineData("pairwise", "RS256")]
    [InlineData("ps256", "PS256")]
    public async Task T81_A_logout_token_is_signed_as_the_clients_ID_tokens_and_names_the_person_as_they_do(
        string clientId, string algorithm)
    {
        using var visitor = new Visitor(server);
        var plain = Visitor.Claims(await visitor.SignInAsync("back")).GetProperty("sub").GetString();
        var idToken = await visitor.SignInAsync(clientId);
        var subject = Visitor.Claims(idToken).GetProperty("sub").GetString();
        Assert.Equal(clientId == "pairwise", subject != plain);

        // The ID token of such a client is a hint as well.
        using var response = await visitor.SignOutAsync(idToken, $"https://{clientId}.test/");

        Assert.Equal($"https://{clientId}.test/", response.Headers.Location!.OriginalString);
        var (header, claims) = await VerifyAsync((await NoticeAsync(clientId, idToken)).Form["logout_token"]);
        Assert.Equal(algorithm, header.GetProperty("alg").GetString());
        Assert.Equal(subject, claims.GetProperty("sub").GetString());
    }

    [Fact]
    public async Task T81_Every_client_of_the_session_is_told_and_none_of_another_session()
    {
        using var visitor = new Visitor(server);
        using var other = new Visitor(server);
        var first = await visitor.SignInAsync("back");
        var second = await visitor.SignInAsync("back-too");
        await visitor.SignInAsync("silent");
        var stranger = SessionOf(await other.SignInAsync("back"));

        // Long after the tokens of the session have expired.
        server.Clock.Advance(TimeSpan.FromHours(3));
        using var response = await visitor.SignOutAsync(first, null);

        var told = Received();
        Assert.Contains(told, notice => notice.Path == "/back" && notice.SessionId() == SessionOf(first));
        Assert.Contains(told, notice => notice.Path == "/back-too" && notice.SessionId() == SessionOf(second));
        Assert.DoesNotContain(told, notice => notice.SessionId() == stranger);
        Assert.True(await other.IsSignedInAsync());
    }

    [Fact]
    public async Task A_client_that_fails_does_not_hold_the_person_up_and_is_told_again()
    {
        using var visitor = new Visitor(server);
        server.Answer("failing", LogoutServer.Status(HttpStatusCode.InternalServerError));
        var idToken = await visitor.SignInAsync("failing");

        using var response = await visitor.SignOutAsync(idToken, "https://failing.test/");
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        var first = await NoticeAsync("failing", idToken);
        server.Answer("failing", LogoutServer.Status(HttpStatusCode.OK));
        server.Clock.Advance(TimeSpan.FromSeconds(10));

        var second = await NoticeAsync("failing", idToken);
        Assert.NotEqual(Jti(first), Jti(second));
    }

    [Fact]
    public async Task Whoever_signs_in_in_the_browser_of_another_signs_her_out_and_her_clients_are_told()
    {
        using var visitor = new Visitor(server);
        var idToken = await visitor.SignInAsync("back");
        using var elsewhere = new Visitor(server);
        var untouched = SessionOf(await elsewhere.SignInAsync("back"));

        using var other = await visitor.Portal.SubmitAsync(
            await visitor.Portal.OpenLoginAsync(SilentAgain()), "grace", "first-compiler");

        Assert.True(Portal.Answer(other, "https://silent.test/callback").ContainsKey("code"));
        var told = await NoticeAsync("back", idToken);
        var (_, claims) = await VerifyAsync(told.Form["logout_token"]);
        Assert.Equal(Visitor.Claims(idToken).GetProperty("sub").GetString(), claims.GetProperty("sub").GetString());
        Assert.DoesNotContain(Received(), notice => notice.SessionId() == untouched);
        Assert.True(await elsewhere.IsSignedInAsync());
        var sessions = server.Services.GetRequiredService<SsoSessionStore>();
        Assert.Null(await sessions.FindBySessionIdAsync(SessionOf(idToken)!));
    }

    [Fact]
    public async Task Whoever_signs_in_again_keeps_her_session_and_her_clients_are_not_told()
    {
        using var visitor = new Visitor(server);
        var session = SessionOf(await visitor.SignInAsync("back"));

        using var again = await visitor.Portal.SubmitAsync(await visitor.Portal.OpenLoginAsync(SilentAgain()));

        Assert.True(Portal.Answer(again, "https://silent.test/callback").ContainsKey("code"));
        Assert.NotNull(await server.Services.GetRequiredService<SsoSessionStore>().FindBySessionIdAsync(session!));
        Assert.Contains(
            await server.Services.GetRequiredService<SessionClients>().ListAsync(session!), client => client.Id == "back");
    }

    [Fact]
    public async Task A_client_that_redirects_is_not_followed()
    {
        using var visitor = new Visitor(server);
        server.Answer("redirecting", LogoutServer.Status(HttpStatusCode.TemporaryRedirect, $"{server.Origin}/elsewhere"));
        var idToken = await visitor.SignInAsync("redirecting");

        using var response = await visitor.SignOutAsync(idToken, "https://redirecting.test/");

        Assert.Equal("https://redirecting.test/", response.Headers.Location!.OriginalString);
        var told = Received();
        Assert.Contains(told, notice => notice.Path == "/redirecting" && notice.SessionId() == SessionOf(idToken));
        Assert.DoesNotContain(told, notice => notice.Path == "/elsewhere");
    }

    [Fact]
    public async Task A_client_that_hangs_holds_the_person_up_for_two_seconds_at_the_most()
    {
        using var visitor = new Visitor(server);
        server.Answer("hanging", ClientHost.HangAsync);
        var idToken = await visitor.SignInAsync("hanging");

        var signOut = visitor.SignOutAsync(idToken, "https://hanging.test/");
        await NoticeAsync("hanging", idToken);
        server.Clock.Advance(TimeSpan.FromSeconds(2));

        using var response = await signOut;
        Assert.Equal("https://hanging.test/", response.Headers.Location!.OriginalString);
        Assert.False(await visitor.IsSignedInAsync());
    }

    [Fact]
    public async Task T81_Clients_are_told_when_an_administrator_revokes()
    {
        using var visitor = new Visitor(server);
        var idToken = await visitor.SignInAsync("back");
        var claims = Visitor.Claims(idToken);

        await RevokeAsync(visitor, $$"""{"sid":"{{claims.GetProperty("sid").GetString()}}"}""");

        var (_, told) = await VerifyAsync((await NoticeAsync("back", idToken)).Form["logout_token"]);
        Assert.Equal(claims.GetProperty("sub").GetString(), told.GetProperty("sub").GetString());
    }

    [Fact]
    public async Task T81_Clients_of_all_sessions_are_told_when_an_administrator_revokes_a_person()
    {
        using var visitor = new Visitor(server);
        using var other = new Visitor(server);
        var first = await visitor.SignInAsync("back");
        var second = await other.SignInAsync("back");

        await RevokeAsync(visitor, $$"""{"sub":"{{Visitor.Claims(first).GetProperty("sub").GetString()}}"}""");

        // In any order, and beside her other sessions.
        var told = new HashSet<string?>();
        while (!told.IsSupersetOf([SessionOf(first), SessionOf(second)]))
        {
            told.Add((await server.Notices.ReadAsync(Cancelled)).SessionId());
        }
    }

    /// <summary>The next logout token that the client gets for this <c>sid</c>; those of others, and repeated ones, are passed over.</summary>
    private async Task<LogoutServer.Notice> NoticeAsync(string clientId, string idToken)
    {
        while (true)
        {
            var notice = await server.Notices.ReadAsync(Cancelled);
            if (notice.Path == $"/{clientId}" && notice.SessionId() == SessionOf(idToken))
            {
                return notice;
            }
        }
    }

    /// <summary>All that has been received so far.</summary>
    private List<LogoutServer.Notice> Received()
    {
        var received = new List<LogoutServer.Notice>();
        while (server.Notices.TryRead(out var notice))
        {
            received.Add(notice);
        }

        return received;
    }

    // As a client does: with the keys that are published.
    private async Task<(JsonElement Header, JsonElement Claims)> VerifyAsync(string token)
    {
        using var client = server.NewClient();
        var keys = JsonWebKeySet.Parse(await client.GetByteArrayAsync("/jwks", Cancelled));
        var valid = Assert.IsType<JwsCheck.Valid>(
            Jws.Verify(token, keys, new JwsRules(["logout+jwt"], Enum.GetValues<JwsAlgorithm>())));
        return (JsonSerializer.Deserialize<JsonElement>(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[0])), valid.Payload);
    }

    private static async Task RevokeAsync(Visitor visitor, string command)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/revocations")
        {
            Content = new StringContent(command, Encoding.UTF8, "application/json"),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", await visitor.Portal.GetAdminTokenAsync()) },
        };
        using var response = await visitor.Portal.Backchannel.SendAsync(request, Cancelled);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    // Signs in anew, whoever is signed in.
    private static string SilentAgain() => Portal.PlainAddress(
        ("client_id", "silent"), ("redirect_uri", "https://silent.test/callback"), ("scope", "openid"), ("prompt", "login"));

    private static string? SessionOf(string idToken) => Visitor.Claims(idToken).GetProperty("sid").GetString();

    private static string? Jti(LogoutServer.Notice notice) =>
        Portal.Claims(notice.Form["logout_token"]).GetProperty("jti").GetString();
}

internal static class Notices
{
    public static string? SessionId(this LogoutServer.Notice notice) =>
        Portal.Claims(notice.Form["logout_token"]).GetProperty("sid").GetString();
}
