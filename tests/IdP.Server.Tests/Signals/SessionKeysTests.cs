using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Clients;
using Platform.IdP.Signals;
using Platform.IdP.Signals.Delivery;
using Platform.IdP.Signals.Events;
using Platform.IdP.Signals.Kafka;
using Platform.IdP.Tests.Running;
using Platform.IdP.Users;
using StackExchange.Redis;

namespace Platform.IdP.Tests.Signals;

public sealed class SessionKeysTests(IdpServer server) : IClassFixture<IdpServer>
{
    [Fact]
    public async Task Every_key_of_a_session_is_gone_after_a_revocation()
    {
        using var portal = new Portal(server);
        await portal.SignInAsync();
        var database = server.Redis.Connection.GetDatabase();
        var keys = server.Redis.Connection.GetServer(server.Redis.Connection.GetEndPoints()[0]);
        Assert.NotEmpty(keys.Keys(pattern: "idp:sso*").ToList());
        RedisKey[] lasting = [Outbox.Key, EventQueue.KeyOf(KafkaDestination.Name), KnownUsers.Key, ClientDepartures.KnownKey];
        Assert.All(keys.Keys(pattern: "idp:*").Except(lasting).ToList(),
            key => Assert.NotNull(database.KeyTimeToLive(key)));

        await server.Services.GetRequiredService<SessionRevoker>().RevokeAsync(
            new SessionEnd("5f1c3a0e-7b42-4d0b-9a51-2f6d8c9e4b10", null, EventCause.Administrator("A test.")));

        Assert.Empty(keys.Keys(pattern: "idp:sso*").ToList());
    }
}
