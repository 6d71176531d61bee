using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.IdP.Tests.Running;
using Platform.Tokens.SecurityEvents;
using StackExchange.Redis;

namespace Platform.IdP.Tests.Signals.Streams;

/// <summary>What another version wrote holds up nothing that this one can read, and is kept.</summary>
public sealed class UnreadableTests(StreamsServer server) : IClassFixture<StreamsServer>
{
    private const string Unreadable = "idp:events:unreadable";

    public static TheoryData<string> Entries =>
    [
        "no JSON", "null", "{}",
        Entry(entry => entry.Remove("RaisedAt")),
        Entry(entry => entry["OrderKey"] = null),
        Entry(entry => entry["Members"] = "of another kind"),
        Entry(entry => entry["Subject"]!["Given"] = new JsonObject { ["format"] = "of another version" }),
    ];

    private IDatabase Redis => server.Redis.Connection.GetDatabase();

    [Theory]
    [MemberData(nameof(Entries))]
    public async Task An_entry_of_a_stream_that_is_polled_is_set_aside(string entry)
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        await Redis.ListRightPushAsync($"idp:events:stream:{id}", entry);
        await server.RaiseAsync();

        Assert.Equal(EventTypes.SessionRevoked, Assert.Single(await receiver.ReceiveAsync(id)).Claims.Event().Name);

        Assert.Contains(entry, await SetAsideAsync());
        Assert.Equal(1, (await server.AdministeredAsync(id)).GetProperty("queue_length").GetInt32());
    }

    [Fact]
    public async Task An_entry_of_a_stream_that_is_pushed_is_set_aside()
    {
        using var receiver = new Receiver(server);
        var (id, endpoint) = await receiver.CreatePushAsync("/unreadable");
        await Redis.ListRightPushAsync($"idp:events:stream:{id}", "unreadable for the push");
        await Redis.ListRightPushAsync($"idp:events:stream:{id}/notices", "unreadable notice");

        await server.RaiseAsync();

        await endpoint.NextAsync();
        Assert.Superset(new HashSet<string> { "unreadable for the push", "unreadable notice" }, await SetAsideAsync());
    }

    [Fact]
    public async Task An_entry_on_its_way_to_Kafka_is_set_aside()
    {
        await Redis.ListRightPushAsync("idp:events:kafka", "unreadable for Kafka");

        await server.RaiseAsync(EventTypes.AccountPurged, "on her way to Kafka");

        await server.Topic.NextAsync("account-purged", "on her way to Kafka");
        Assert.Contains("unreadable for Kafka", await SetAsideAsync());
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("null")]
    [InlineData("""{"Id":"of-another-version","ClientId":"receiver"}""")]
    [InlineData("""{"Id":"of-another-version","ClientId":"receiver","Delivery":null}""")]
    public async Task A_stream_holds_up_no_other(string unreadable)
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        await Redis.HashSetAsync("idp:ssf:streams", "of-another-version", unreadable);
        try
        {
            await server.RaiseAsync();

            Assert.Single(await receiver.ReceiveAsync(id));
            Assert.Equal("enabled", (await server.AdministeredAsync(id)).GetProperty("status").GetString());
        }
        finally
        {
            await Redis.HashDeleteAsync("idp:ssf:streams", "of-another-version");
        }
    }

    [Fact]
    public async Task A_dead_letter_is_set_aside_and_one_whose_event_cannot_be_read_stays()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        await server.RaiseAsync();
        var (jti, _) = Assert.Single(await receiver.ReceiveAsync(id));
        await Redis.ListRightPushAsync($"idp:ssf:stream:{id}:dead-letters",
            ["an unreadable letter", Letter("with an unreadable event", "{}")]);
        await receiver.PollAsync(id, $$$$"""{"returnImmediately":true,"setErrs":{"{{{{jti}}}}":{"err":"invalid_key"}}}""");

        var shown = await server.AdministerAsync($"/admin/streams/{id}/dead-letters");
        var sent = await server.OrderAsync($"/admin/streams/{id}/dead-letters", """{"all":true}""");

        Assert.Equal([jti, "with an unreadable event"], shown.EnumerateArray().Select(letter => letter.GetProperty("jti").GetString()));
        Assert.Equal("""{"sent":1,"left":1}""", sent.GetRawText());
        Assert.Single(await receiver.ReceiveAsync(id));
        Assert.Contains("an unreadable letter", await SetAsideAsync());
    }

    private static string Letter(string jti, string entry) => JsonSerializer.Serialize(
        new { Jti = jti, Type = EventTypes.SessionRevoked, Err = "invalid_key", At = DateTimeOffset.UnixEpoch, Event = entry });

    private static string Entry(Action<JsonObject> change)
    {
        var entry = new JsonObject
        {
            ["Id"] = "an event",
            ["Type"] = EventTypes.SessionRevoked,
            ["Subject"] = new JsonObject { ["User"] = StreamsServer.Ada },
            ["Members"] = new JsonObject(),
            ["TransactionId"] = "a change",
            ["OrderKey"] = "a key",
            ["RaisedAt"] = "2026-01-01T00:00:00+00:00",
        };
        change(entry);
        return entry.ToJsonString();
    }

    private async Task<HashSet<string>> SetAsideAsync() =>
        [.. (await Redis.ListRangeAsync(Unreadable)).Select(entry => (string)entry!)];
}
