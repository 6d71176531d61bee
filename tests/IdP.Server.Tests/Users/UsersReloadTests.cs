using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Grants;
using Platform.IdP.Tests.Logout;
using Platform.IdP.Tests.Running;
using Platform.IdP.Users;

namespace Platform.IdP.Tests.Users;

public sealed class UsersReloadTests(UsersServer server) : IClassFixture<UsersServer>
{
    // Both have the passwords of those whose hashes they have.
    private const string Mary = """

          - sub: mary
            username: mary
            name: Mary Somerville
            email: mary@example.com
            password_hash: AQAAAAIAAYagAAAAEE+kdZwnEKsnZbgNy586uot5Eq7wLY0p3jA4cBHFn+8RuSYZcyxUb2n/aPV3zWBstQ==

        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private UserDirectory Users => server.Services.GetRequiredService<UserDirectory>();

    [Fact]
    public async Task A_person_who_is_added_signs_in_and_a_broken_file_leaves_the_last_good_one_in_force()
    {
        await server.EditAsync(text => text + Mary, () => Users.FindBySubject("mary") is not null);
        using var portal = new Portal(server);
        using var signedIn = await portal.SubmitAsync(await portal.OpenLoginAsync(Portal.PlainAddress()), "mary");
        Assert.True(Portal.Answer(signedIn, Portal.PlainRedirectUri).ContainsKey("code"));

        var good = "";
        await server.EditAsync(
            text => (good = text) + "  - sub: broken\n    username: mary\n",
            () => server.Log.Lines.Any(line => line.Contains("users.yaml has changed, but cannot be used", StringComparison.Ordinal)));
        var line = good.Split('\n').Length + 1;
        Assert.Contains(server.Log.Lines, entry => entry.Contains($"users.yaml, line {line}: username 'mary' is there twice", StringComparison.Ordinal));
        Assert.NotNull(Users.FindBySubject("mary"));

        await server.EditAsync(
            _ => good.Replace("Mary Somerville", "Mary Fairfax", StringComparison.Ordinal),
            () => Users.FindBySubject("mary")!.Name == "Mary Fairfax");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_is_disabled_or_removed_loses_her_sessions_and_grants_and_nobody_else_does(bool disabled)
    {
        var subject = disabled ? "disabled" : "removed";
        var entry = Mary.Replace("mary", subject, StringComparison.Ordinal);
        await server.EditAsync(text => text + entry, () => Users.FindBySubject(subject) is not null);
        using var visitor = new Visitor(server);
        var idToken = await SignInAsync(visitor, subject);
        using var app = new App(server);
        var refreshToken = await GrantAsync(app, subject);
        using var other = new App(server);
        var untouched = await GrantAsync(other, "ada");
        using var waiting = new Portal(server);
        var login = await waiting.OpenLoginAsync(Portal.PlainAddress());

        var after = disabled ? entry.TrimEnd() + "\n    disabled: true\n" : "";
        await server.EditAsync(
            text => text.Replace(entry, after, StringComparison.Ordinal), () => HasEnded(subject));

        Assert.Null(Users.FindBySubject(subject));
        await App.RefusesAsync(await app.RefreshAsync(refreshToken), "invalid_grant");
        Assert.False(await visitor.IsSignedInAsync());
        Assert.Empty(await server.Services.GetRequiredService<SsoSessionStore>().ListAsync(subject));
        Assert.Empty(await server.Services.GetRequiredService<AuthorizationGrantStore>().ListAsync(subject));
        using var refused = await waiting.SubmitLoginAsync(login, subject);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        await App.OkAsync(await other.RefreshAsync(untouched));

        // The client of the session hears of it, and so do the receivers of events.
        var sid = Visitor.Claims(idToken).GetProperty("sid").GetString();
        while ((await server.Notices.ReadAsync(Cancelled)).SessionId() != sid)
        {
        }

        var revoked = await server.EventAsync(subject);
        Assert.Equal("admin", revoked.GetProperty("initiating_entity").GetString());
    }

    [Fact]
    public async Task Whoever_left_while_nothing_ran_is_found_by_the_next_start()
    {
        await server.EventAsync(UsersServer.Former);

        await server.PassesAsync(() => HasEnded(UsersServer.Former));
        Assert.False(await server.Redis.Connection.GetDatabase().HashExistsAsync(KnownUsers.Key, UsersServer.Former));
    }

    private bool HasEnded(string subject) => server.Log.Lines.Any(
        line => line.StartsWith($"{subject} was removed or disabled", StringComparison.Ordinal));

    private static async Task<string> SignInAsync(Visitor visitor, string userName)
    {
        var redirectUri = "https://back.test/callback";
        using var response = await visitor.Portal.SubmitAsync(await visitor.Portal.OpenLoginAsync(Portal.PlainAddress(
            ("client_id", "back"), ("redirect_uri", redirectUri), ("scope", "openid"))), userName);
        using var tokens = await visitor.Portal.PostAsync("/token", new()
        {
            ["grant_type"] = "authorization_code",
            ["code"] = Portal.Answer(response, redirectUri)["code"],
            ["redirect_uri"] = redirectUri,
            ["code_verifier"] = Portal.Verifier,
        }, "back", LogoutServer.Secret);
        return (await App.OkAsync(tokens)).IdToken();
    }

    private static async Task<string> GrantAsync(App app, string userName)
    {
        using var response = await app.Portal.SubmitAsync(await app.Portal.OpenLoginAsync(Portal.PlainAddress(
            ("client_id", "app"), ("redirect_uri", app.RedirectUri), ("scope", "openid offline_access"))), userName);
        return (await App.OkAsync(await app.RedeemAsync(Portal.Answer(response, app.RedirectUri)["code"]))).RefreshToken();
    }
}
