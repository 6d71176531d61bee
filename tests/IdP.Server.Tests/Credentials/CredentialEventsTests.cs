using Microsoft.Extensions.Logging.Abstractions;
using Platform.IdP.Credentials;
using Platform.IdP.Tests.Running;
using Platform.Testing;
using StackExchange.Redis;

namespace Platform.IdP.Tests.Credentials;

/// <summary>On a Redis of its own, where nobody takes events out of the outbox.</summary>
public sealed class CredentialEventsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("credentials-").FullName;
    private readonly RedisServer _redis = new();
    private readonly CredentialStore _store;

    public CredentialEventsTests() => _store = NewStore();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private CredentialEvents Events => RaisedEvents.OfCredentials(_redis.Connection);

    public void Dispose()
    {
        _store.Dispose();
        _redis.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_change_is_told_once_and_leaves_nothing_behind()
    {
        await _store.UpdateAsync("ada", own => own with { RecoveryCodes = ["one"] }, Cancelled);

        var raised = Assert.Single(RaisedEvents.InOutbox(_redis.Connection));
        Assert.EndsWith("/credential-change", raised.Type, StringComparison.Ordinal);
        Assert.Equal("ada", raised.Subject.User);
        Assert.Equal("recovery-codes", raised.Members.Text("credential_type"));
        Assert.Equal("create", raised.Members.Text("change_type"));
        Assert.Equal("user", raised.Members.Text("initiating_entity"));
        Assert.Null((await _store.FindAsync("ada", Cancelled)).Untold);
        Assert.Empty(await Events.NotedAsync());
    }

    // As a process leaves it that ends between the change and the outbox.
    [Fact]
    public async Task K1_What_a_process_left_in_the_file_is_told_by_the_next()
    {
        await LeaveUntoldAsync();
        using var next = NewStore();

        using var recovery = new CredentialRecovery(next, Events, TimeProvider.System, NullLogger<CredentialRecovery>.Instance);
        await recovery.StartAsync(Cancelled);
        await Eventually.BecomesTrueAsync(async () => (await Events.NotedAsync()).Count == 0, Cancelled);
        await recovery.StopAsync(Cancelled);

        Assert.Equal("app", Assert.Single(RaisedEvents.InOutbox(_redis.Connection)).Members.Text("credential_type"));
        Assert.Null((await next.FindAsync("ada", Cancelled)).Untold);
    }

    [Fact]
    public async Task The_next_change_takes_along_what_was_left()
    {
        await LeaveUntoldAsync();

        await _store.UpdateAsync("ada", own => own with { RecoveryCodes = ["one"] }, Cancelled);

        Assert.Equal(["app", "recovery-codes"],
            RaisedEvents.InOutbox(_redis.Connection).Select(raised => raised.Members.Text("credential_type")));
    }

    [Fact]
    public async Task Without_Redis_nothing_changes_that_could_not_be_told()
    {
        _redis.Stop();

        await Assert.ThrowsAnyAsync<RedisException>(() =>
            _store.UpdateAsync("ada", own => own with { RecoveryCodes = ["one"] }, Cancelled));

        Assert.Empty((await _store.FindAsync("ada", Cancelled)).RecoveryCodes);
    }

    private CredentialStore NewStore() => new(_folder, Events, NullLogger<CredentialStore>.Instance);

    private async Task LeaveUntoldAsync()
    {
        var before = new PersonCredentials { Subject = "ada" };
        var after = before with { Totp = new TotpCredential("sealed", DateTimeOffset.UnixEpoch) };
        await _store.UpdateAsync("ada", _ => before with { Untold = Events.Make(before, after) }, Cancelled);
        await Events.NoteAsync("ada");
    }
}
