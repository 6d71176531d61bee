using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.IdP.Signals;
using Platform.IdP.Signals.Delivery;
using Platform.IdP.Signals.Events;
using Platform.IdP.Signals.Streams;
using Platform.Testing;

namespace Platform.IdP.Tests.Signals;

/// <summary>On a Redis of its own, where nobody takes the lease or the entries.</summary>
public sealed class OutboxTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task An_entry_that_two_processes_distribute_comes_once_to_each_destination()
    {
        var outbox = new Outbox(redis.Connection);
        var (one, other) = (Queue("one"), Queue("other"));
        await outbox.AddAsync(Event("first"));
        await outbox.AddAsync(Event("second"));
        var head = (await outbox.PeekAsync())!;

        Assert.True(await outbox.MoveAsync(head, ["one", "other"], await outbox.CountGoneAsync()));
        Assert.False(await outbox.MoveAsync(head, ["one", "other"], await outbox.CountGoneAsync()));

        Assert.Equal("first", Assert.Single(await one.PeekAsync(10)).Event.Id);
        Assert.Equal("first", Assert.Single(await other.PeekAsync(10)).Event.Id);
        Assert.Equal("second", QueuedEvent.Read((await outbox.PeekAsync())!).Event.Id);
        Assert.True(await outbox.MoveAsync((await outbox.PeekAsync())!, [], await outbox.CountGoneAsync()));
        Assert.Null(await outbox.PeekAsync());
    }

    [Fact]
    public async Task An_entry_stays_when_a_destination_has_gone_since_they_were_looked_for()
    {
        var outbox = new Outbox(redis.Connection);
        var queue = Queue("gone");
        await outbox.AddAsync(Event("late"));
        var (head, gone) = ((await outbox.PeekAsync())!, await outbox.CountGoneAsync());

        await new StreamStore(redis.Connection, NullLogger<StreamStore>.Instance).DeleteAsync(new EventStream("a-stream", "a-receiver") { Delivery = new(StreamDelivery.Poll) });

        Assert.False(await outbox.MoveAsync(head, ["gone"], gone));
        Assert.Equal(0, await queue.CountAsync());
        Assert.True(await outbox.MoveAsync(head, [], await outbox.CountGoneAsync()));
    }

    [Fact]
    public async Task What_is_removed_is_what_was_read()
    {
        var outbox = new Outbox(redis.Connection);
        var queue = Queue("removing");
        await outbox.AddAsync(Event("kept"));
        await outbox.MoveAsync((await outbox.PeekAsync())!, ["removing"], await outbox.CountGoneAsync());
        var entry = (await queue.PeekAsync())!;

        Assert.False(await queue.RemoveAsync(entry with { Raw = "another" }));
        Assert.Equal(1, await queue.CountAsync());
        Assert.True(await queue.RemoveAsync(entry));
        Assert.False(await queue.RemoveAsync(entry));

        Assert.Null(await queue.PeekAsync());
    }

    [Fact]
    public async Task What_cannot_be_read_is_set_aside_and_holds_up_nothing()
    {
        var outbox = new Outbox(redis.Connection);
        await redis.Connection.GetDatabase().ListRightPushAsync(Outbox.Key, """{"Id":"of another version"}""");
        await outbox.AddAsync(Event("after"));

        using var distributor = new EventDistributor(
            outbox, [new Everywhere()], Unreadable, TimeProvider.System, NullLogger<EventDistributor>.Instance);
        await distributor.StartAsync(Cancelled);
        await Eventually.BecomesTrueAsync(async () => await outbox.PeekAsync() is null, Cancelled);
        await distributor.StopAsync(Cancelled);

        Assert.Equal("after", (await Queue("everywhere").PeekAsync())!.Event.Id);
        Assert.Equal("""{"Id":"of another version"}""", await redis.Connection.GetDatabase().ListGetByIndexAsync(
            UnreadableEntries.Key, 0));
    }

    [Fact]
    public void An_event_has_the_same_jti_whenever_it_is_sent_to_a_destination_and_another_at_each()
    {
        var raised = Event("raised");
        var read = JsonSerializer.Deserialize(Outbox.Entry(raised).ToString(), SecurityEventJson.Default.SecurityEvent)!;

        Assert.Equal(raised.JwtIdAt("kafka"), read.JwtIdAt("kafka"));
        Assert.NotEqual(raised.JwtIdAt("kafka"), raised.JwtIdAt("a stream"));
        Assert.NotEqual(raised.JwtIdAt("kafka"), Event("another").JwtIdAt("kafka"));
    }

    private EventQueue Queue(string destination) => new(redis.Connection, Unreadable, destination);

    private UnreadableEntries Unreadable => new(redis.Connection, NullLogger<UnreadableEntries>.Instance);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static SecurityEvent Event(string id) => new()
    {
        Id = id,
        Type = "https://schemas.openid.net/secevent/caep/event-type/session-revoked",
        Subject = new EventSubject { User = "ada" },
        Members = JsonElement.Parse("{}"),
        TransactionId = "txn",
        OrderKey = "key",
        RaisedAt = DateTimeOffset.UnixEpoch,
    };

    private sealed class Everywhere : IEventDestinations
    {
        public ValueTask<IReadOnlyList<string>> FindAsync(SecurityEvent raised, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReadOnlyList<string>>(["everywhere"]);

        public void Wake(string destination)
        {
        }
    }
}
