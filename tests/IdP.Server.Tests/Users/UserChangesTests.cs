using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Tests.Running;
using Platform.IdP.Users;

namespace Platform.IdP.Tests.Users;

/// <summary>What an edit of users.yaml tells the world, with two replicas that see it.</summary>
public sealed class UserChangesTests(UserChangesTests.TwoReplicas server) : IClassFixture<UserChangesTests.TwoReplicas>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_becomes_of_a_person_is_told_once_in_its_order()
    {
        await EditAsync(text => text + Entry("kate", "kate@example.com"), users => users.FindBySubject("kate") is not null);
        await EditAsync(text => text.Replace("kate@example.com", "k@example.com", StringComparison.Ordinal),
            users => users.FindBySubject("kate")?.Email == "k@example.com");
        await EditAsync(text => text.TrimEnd() + "\n    disabled: true\n", users => users.FindBySubject("kate") is null);
        await EditAsync(text => text.Replace("    disabled: true\n", "", StringComparison.Ordinal), users => users.FindBySubject("kate") is not null);
        await EditAsync(text => text[..text.IndexOf("  - sub: kate", StringComparison.Ordinal)], users => users.Entries.All(user => user.Subject != "kate"));

        var told = await ToldAsync(until: "session-revoked", times: 2);

        Assert.Equal(
            [
                "identifier-changed", "token-claims-change", "account-disabled", "session-revoked", "account-enabled",
                "account-purged", "session-revoked",
            ],
            told.Select(claims => claims.Event().Name.Split('/')[^1]));
        Assert.All(told, claims => Assert.Equal("admin", claims.Event().Value.Text("initiating_entity")));
        Assert.Equal("""{"format":"email","email":"kate@example.com"}""", told[0].GetProperty("sub_id").GetRawText());
        Assert.Equal("k@example.com", told[0].Event().Value.Text("new-value"));
        Assert.Equal("""{"email":"k@example.com"}""", told[1].Event().Value.GetProperty("claims").GetRawText());
        Assert.Equal("kate", told[2].GetProperty("sub_id").GetProperty("user").Text("sub"));
        Assert.Equal(told[2].Text("txn"), told[3].Text("txn"));
        Assert.NotEqual(told[2].Text("jti"), told[3].Text("jti"));
    }

    [Fact]
    public void Claims_that_come_go_and_change_are_told_with_their_new_values()
    {
        var before = new User("ada", "ada", "Ada", "ada@example.com", "hash", false)
        {
            Claims = Claims(("nickname", "one"), ("gender", "female")),
        };
        var now = before with { Name = "Ada Lovelace", Claims = Claims(("nickname", "two"), ("locale", "en")) };

        var changed = KnownUser.Of(before).ChangedClaims(now);

        Assert.Equal(["gender", "locale", "name", "nickname"], changed.Select(claim => claim.Key).Order(StringComparer.Ordinal));
        Assert.Null(changed["gender"]);
        Assert.Equal(("en", "Ada Lovelace", "two"), ((string?)changed["locale"], (string?)changed["name"], (string?)changed["nickname"]));
        Assert.Empty(KnownUser.Of(now).ChangedClaims(now));
    }

    [Fact]
    public void A_password_of_the_operators_and_another_telephone_number_are_told()
    {
        var before = new User("ada", "ada", "Ada", "ada@example.com", "hash", false) { Claims = Claims(("phone_number", "+44 1")) };
        var now = before with { PasswordHash = "another", Claims = Claims(("phone_number", "+44 2")) };

        var raised = new UserChangeEvents(RaisedEvents.Factory()).Make("ada", KnownUser.Of(before), now, "txn");

        Assert.Equal(["identifier-changed", "token-claims-change", "credential-change"], raised.Select(one => one.Type.Split('/')[^1]));
        Assert.Equal("+44 1", raised[0].Subject.Given!.Value.Text("phone_number"));
        Assert.Equal("password", raised[2].Members.Text("credential_type"));
        Assert.All(raised, one => Assert.Equal("txn", one.TransactionId));
    }

    private static System.Collections.Frozen.FrozenDictionary<string, JsonElement> Claims(params (string Name, string Value)[] claims) =>
        System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(claims.ToDictionary(
            claim => claim.Name, claim => JsonSerializer.SerializeToElement(claim.Value)));

    private static string Entry(string name, string email) => $"""

          - sub: {name}
            username: {name}
            name: {name}
            email: {email}
            password_hash: AQAAAAIAAYagAAAAEE+kdZwnEKsnZbgNy586uot5Eq7wLY0p3jA4cBHFn+8RuSYZcyxUb2n/aPV3zWBstQ==

        """;

    // Both have taken it up, and looked at what changed.
    private async Task EditAsync(Func<string, string> edit, Func<UserDirectory, bool> isDone)
    {
        await server.EditAsync(edit, () => server.Directories.All(isDone));
        var known = server.Redis.Connection.GetDatabase();
        await server.PassesAsync(() =>
            server.Directories[0].Entries.All(user => known.HashGet(KnownUsers.Key, user.Subject) == KnownUser.Of(user).Write()) &&
            known.HashLength(KnownUsers.Key) == server.Directories[0].Entries.Count);
        await server.PassesAsync(() => true);
    }

    private async Task<IReadOnlyList<JsonElement>> ToldAsync(string until, int times)
    {
        var told = new List<JsonElement>();
        while (times > 0)
        {
            var claims = Portal.Claims((await server.Topic.Entries.ReadAsync(Cancelled)).Token);
            if (!claims.GetProperty("sub_id").GetRawText().Contains("kate", StringComparison.Ordinal))
                continue;

            told.Add(claims);
            times -= claims.Event().Name.EndsWith(until, StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.False(server.Topic.Entries.TryRead(out _));
        return told;
    }

    public sealed class TwoReplicas : UsersServer, IAsyncLifetime
    {
        private RunningProgram? _second;

        internal IReadOnlyList<UserDirectory> Directories =>
            [Services.GetRequiredService<UserDirectory>(), _second!.Services.GetRequiredService<UserDirectory>()];

        public new async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            _second = Start();
            await _second.WaitForStartAsync();
        }

        public new async ValueTask DisposeAsync()
        {
            await _second!.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}
