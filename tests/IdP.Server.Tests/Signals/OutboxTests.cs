using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Signals;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Signals;

public sealed class OutboxTests(IdpServer server) : IClassFixture<IdpServer>
{
    [Fact]
    public async Task One_process_at_a_time_publishes()
    {
        server.Topic.IsAway = true;
        var other = new Outbox(server.Redis.Connection, new OutboxSignal());
        var third = new Outbox(server.Redis.Connection, new OutboxSignal());

        Assert.True(await other.TryTakeLeaseAsync());
        Assert.False(await third.TryTakeLeaseAsync());
        Assert.False(await third.RenewLeaseAsync());
        Assert.True(await other.RenewLeaseAsync());
        await other.ReleaseLeaseAsync();
        Assert.True(await third.TryTakeLeaseAsync());
        await third.ReleaseLeaseAsync();
    }

    [Fact]
    public async Task What_is_removed_is_what_was_read()
    {
        server.Topic.IsAway = true;
        var outbox = server.Services.GetRequiredService<Outbox>();
        await outbox.EndSessionsAsync("ada", null, new OutboxEntry("1", "key", "token", default, null, null));
        var (entry, raw) = (await outbox.PeekAsync())!.Value;

        await outbox.RemoveAsync("another");
        Assert.Equal(entry, (await outbox.PeekAsync())!.Value.Entry);
        await outbox.RemoveAsync(raw);

        Assert.Null(await outbox.PeekAsync());
    }

    [Fact]
    public async Task Every_key_of_a_session_is_gone_after_a_revocation()
    {
        using var portal = new Portal(server);
        await portal.SignInAsync();
        var database = server.Redis.Connection.GetDatabase();
        var keys = server.Redis.Connection.GetServer(server.Redis.Connection.GetEndPoints()[0]);
        Assert.NotEmpty(keys.Keys(pattern: "idp:sso*").ToList());
        Assert.All(keys.Keys(pattern: "idp:*").Where(key => key != "idp:outbox").ToList(),
            key => Assert.NotNull(database.KeyTimeToLive(key)));

        await server.Services.GetRequiredService<SessionRevoker>().RevokeAsync("5f1c3a0e-7b42-4d0b-9a51-2f6d8c9e4b10", null, null);

        Assert.Empty(keys.Keys(pattern: "idp:sso*").ToList());
    }
}
