using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Signals;
using Platform.IdP.Signals.Events;
using Platform.IdP.Tests.Running;
using Platform.Testing;

namespace Platform.IdP.Tests.Signals;

public sealed class KafkaPublisherTests(IdpServer server) : IClassFixture<IdpServer>
{
    private static readonly EventCause Cause = EventCause.Administrator("A test.");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_events_in_order_while_Kafka_is_away_and_publishes_them_when_it_is_back()
    {
        server.Topic.IsAway = true;
        var revoker = server.Services.GetRequiredService<SessionRevoker>();
        var first = await revoker.RevokeAsync(new SessionEnd("ada", null, Cause));
        await server.Topic.Refusals.ReadAsync(Cancelled);
        var second = await revoker.RevokeAsync(new SessionEnd("ada", "a session", Cause));
        await Eventually.BecomesTrueAsync(
            () => server.Redis.Connection.GetDatabase().ListLength("idp:events:kafka") == 2, Cancelled);

        server.Topic.IsAway = false;
        var read = server.Topic.Entries.ReadAsync(Cancelled).AsTask();
        while (!read.IsCompleted)
        {
            server.Clock.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Yield();
        }

        Assert.Equal(first!.Jti, (await read).Id);
        Assert.Equal(second!.Jti, (await server.Topic.Entries.ReadAsync(Cancelled)).Id);
    }
}
