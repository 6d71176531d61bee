using System.Text.Json;
using Platform.IdP.Signals;
using Platform.IdP.Signals.Delivery;
using Platform.IdP.Signals.Events;
using Platform.Testing;

namespace Platform.IdP.Tests.Signals;

/// <summary>On a Redis of its own, where nobody takes the lease or the entries.</summary>
public sealed class OutboxTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task One_process_at_a_time_publishes()
    {
        var other = new EventQueue(redis.Connection, "leased");
        var third = new EventQueue(redis.Connection, "leased");

        Assert.True(await other.TryTakeLeaseAsync());
        Assert.False(await third.TryTakeLeaseAsync());
        Assert.False(await third.RenewLeaseAsync());
        Assert.True(await other.RenewLeaseAsync());
        await other.ReleaseLeaseAsync();
        Assert.True(await third.TryTakeLeaseAsync());
        await third.ReleaseLeaseAsync();
    }

    [Fact]
    public async Task An_entry_that_two_processes_distribute_comes_once_to_each_destination()
    {
        var outbox = new Outbox(redis.Connection);
        var (one, other) = (new EventQueue(redis.Connection, "one"), new EventQueue(redis.Connection, "other"));
        await outbox.AddAsync(Event("first"));
        await outbox.AddAsync(Event("second"));
        var head = (await outbox.PeekAsync())!;

        Assert.True(await outbox.MoveAsync(head, ["one", "other"]));
        Assert.False(await outbox.MoveAsync(head, ["one", "other"]));

        Assert.Equal("first", Assert.Single(await one.PeekAsync(10)).Event.Id);
        Assert.Equal("first", Assert.Single(await other.PeekAsync(10)).Event.Id);
        Assert.Equal("second", (await outbox.PeekAsync())!.Event.Id);
        Assert.True(await outbox.MoveAsync((await outbox.PeekAsync())!, []));
        Assert.Null(await outbox.PeekAsync());
    }

    [Fact]
    public async Task What_is_removed_is_what_was_read()
    {
        var outbox = new Outbox(redis.Connection);
        var queue = new EventQueue(redis.Connection, "removing");
        await outbox.AddAsync(Event("kept"));
        await outbox.MoveAsync((await outbox.PeekAsync())!, ["removing"]);
        var entry = (await queue.PeekAsync())!;

        await queue.RemoveAsync(entry with { Raw = "another" });
        Assert.Equal(1, await queue.CountAsync());
        await queue.RemoveAsync(entry);

        Assert.Null(await queue.PeekAsync());
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
}
