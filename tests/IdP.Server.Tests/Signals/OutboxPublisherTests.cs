using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Signals;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Signals;

public sealed class OutboxPublisherTests(IdpServer server) : IClassFixture<IdpServer>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_events_in_order_while_Kafka_is_away_and_publishes_them_when_it_is_back()
    {
        server.Topic.IsAway = true;
        var revoker = server.Services.GetRequiredService<SessionRevoker>();
        var first = await revoker.RevokeAsync("ada", null, null);
        await server.Topic.Refusals.ReadAsync(Cancelled);
        var second = await revoker.RevokeAsync("ada", "a session", null);
        Assert.Equal(2, await server.Redis.Connection.GetDatabase().ListLengthAsync("idp:outbox"));

        server.Topic.IsAway = false;
        var read = server.Topic.Entries.ReadAsync(Cancelled).AsTask();
        while (!read.IsCompleted)
        {
            server.Clock.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Yield();
        }

        Assert.Equal(first.Jti, (await read).Id);
        Assert.Equal(second.Jti, (await server.Topic.Entries.ReadAsync(Cancelled)).Id);
    }
}
