using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Signals;
using Platform.IdP.Signals.Events;
using Platform.IdP.Signals.Streams;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Tests.Signals.Streams;

/// <summary>What several do to one queue at once, and how far the bounds of it see.</summary>
public sealed class QueueBoundsTests(QueueBoundsTests.Server server) : IClassFixture<QueueBoundsTests.Server>
{
    public sealed class Server : StreamsServer
    {
        public Server() => Settings["Signals:QueueAge"] = "01:00:00";
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_that_is_too_old_goes_from_behind_many_that_are_not()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        await receiver.SetStatusAsync(id, "paused");
        var (factory, now) = (server.Services.GetRequiredService<EventFactory>(), server.Clock.GetUtcNow());
        var young = factory.Make(EventTypes.AccountEnabled, new EventSubject { User = StreamsServer.Ada }, EventCause.Administrator("A test."));
        var old = young with { Id = "old", RaisedAt = now - TimeSpan.FromHours(2) };
        await server.Redis.Connection.GetDatabase().ListRightPushAsync(
            $"idp:events:stream:{id}", [.. Enumerable.Range(0, 250).Select(_ => Outbox.Entry(young)), Outbox.Entry(old), Outbox.Entry(young)]);

        await Testing.Eventually.BecomesTrueAsync(async () =>
        {
            server.Clock.Advance(TimeSpan.FromSeconds(5));
            return (await server.AdministeredAsync(id)).GetProperty("dropped").GetInt32() == 1;
        }, Cancelled);

        Assert.Equal(251, (await server.AdministeredAsync(id)).GetProperty("queue_length").GetInt32());
    }

    [Fact]
    public async Task What_several_polls_acknowledge_at_once_counts_once()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        for (var count = 0; count < 20; count++)
        {
            await server.RaiseAsync();
        }

        var jtis = string.Join(',', (await receiver.ReceiveAsync(id, 20)).Select(set => $"\"{set.Jti}\""));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => receiver.PollAsync(id, $$"""{"maxEvents":0,"ack":[{{jtis}}]}""")));

        Assert.Equal(20, (await server.AdministeredAsync(id)).GetProperty("delivered").GetInt32());
    }

    [Fact]
    public async Task What_two_processes_hear_to_be_refused_is_one_dead_letter()
    {
        using var receiver = new Receiver(server);
        var stream = await server.Services.GetRequiredService<StreamStore>().FindAsync((await receiver.CreateAsync()).Id());
        await server.RaiseAsync();
        await receiver.ReceiveAsync(stream!.Id);
        var raw = (string)(await server.Redis.Connection.GetDatabase().ListGetByIndexAsync($"idp:events:stream:{stream.Id}", 0))!;
        var (letters, entry) = (server.Services.GetRequiredService<DeadLetters>(), IdP.Signals.Delivery.QueuedEvent.Read(raw));

        await letters.AddAsync(stream, entry, "invalid_key", "First.");
        await letters.AddAsync(stream, entry, "invalid_key", "Second.");

        Assert.Equal(1, await letters.CountAsync(stream.Id));
        Assert.Equal("invalid_key First.", (await server.AdministeredAsync(stream.Id)).GetProperty("last_error").GetString());
    }
}
