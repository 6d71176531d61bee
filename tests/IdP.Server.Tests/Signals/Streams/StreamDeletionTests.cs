using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Signals;
using Platform.IdP.Signals.Streams;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Tests.Signals.Streams;

/// <summary>Nothing has a time to live that belongs to a stream: what a deletion leaves behind would stay for ever.</summary>
public sealed class StreamDeletionTests(StreamsServer server) : IClassFixture<StreamsServer>
{
    [Fact]
    public async Task Nothing_is_left_of_a_stream_when_it_is_deleted()
    {
        var before = await KeptKeysAsync();
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        await FillAsync(receiver, id);
        Assert.Contains(await KeptKeysAsync(), key => key.Contains(id, StringComparison.Ordinal));

        await receiver.SendAsync(HttpMethod.Delete, $"/ssf/streams?stream_id={id}", null, HttpStatusCode.NoContent);

        Assert.Equal(before, await KeptKeysAsync());
    }

    [Fact]
    public async Task What_comes_after_the_deletion_leaves_nothing_behind()
    {
        using var receiver = new Receiver(server, "other-receiver");
        var before = await KeptKeysAsync();
        var id = (await receiver.CreateAsync()).Id();
        await server.RaiseAsync();
        await receiver.ReceiveAsync(id);
        var stream = (await Of<StreamStore>().FindAsync(id))!;
        var entry = Assert.Single(await Of<StreamQueues>().Of(id).PeekAsync(StreamStatus.Enabled, 1));
        await receiver.SendAsync(HttpMethod.Delete, $"/ssf/streams?stream_id={id}", null, HttpStatusCode.NoContent);

        // As by requests and pushes that had read the stream before.
        await Of<StreamRecords>().SeenAsync(id);
        await Of<StreamRecords>().DeliveredAsync(id, 1);
        await Of<StreamRecords>().FailedAsync(id, "away", 1, TimeSpan.FromSeconds(1));
        await Of<StreamRecords>().DroppedAsync(id, 1);
        Assert.Null(await Of<StreamRecords>().TryVerifyAsync(id, TimeSpan.FromSeconds(10)));
        Assert.False(await Of<StreamNotices>().VerifyAsync(stream, "a state"));
        await Of<DeadLetters>().AddAsync(stream, entry, "invalid_key", null);
        Assert.Equal(SubjectOutcome.Gone, await Of<StreamSubjects>().RemoveAsync(stream, new SubjectIdentifier.Email("ada@example.com")));
        Assert.Equal(SubjectOutcome.Gone, await Of<StreamSubjects>().AddAsync(stream, new SubjectIdentifier.Email("ada@example.com")));
        var waits = Of<StreamSignals>().NextAsync(id);
        Assert.Null(await Of<LongPolls>().WaitAsync(id, 1, TestContext.Current.CancellationToken));
        Assert.True(waits.IsCompleted);
        Assert.Null(await Of<StreamStatuses>().SetAsync(id, StreamStatus.Paused, null));
        Assert.Null(await Of<StreamStatuses>().OrderAsync(id, StreamStatus.Paused, "For a test."));
        Assert.Equal(new RedeliveryOutcome.Sent(0, 0), await Of<Redelivery>().SendAsync(stream, new RedeliveryCommand((IReadOnlySet<string>?)null)));

        Assert.Equal(before, await KeptKeysAsync());
    }

    // Something of all that a stream can have.
    private async Task FillAsync(Receiver receiver, string id)
    {
        await server.RaiseAsync();
        await server.RaiseAsync();
        var (jti, _) = (await receiver.ReceiveAsync(id, 2))[0];
        await receiver.PollAsync(id, $$$$"""{"returnImmediately":true,"setErrs":{"{{{{jti}}}}":{"err":"invalid_key"}}}""");
        const string User = """{"format":"email","email":"ada@example.com"}""";
        foreach (var subject in (string[])[User, $$"""{"format":"complex","user":{{User}}}"""])
        {
            await receiver.SendAsync(HttpMethod.Post, "/ssf/subjects/remove", $$"""{"stream_id":"{{id}}","subject":{{subject}}}""", HttpStatusCode.NoContent);
        }

        await receiver.SendAsync(HttpMethod.Post, "/ssf/verification", $$"""{"stream_id":"{{id}}"}""", HttpStatusCode.NoContent);
        await server.OrderAsync($"/admin/streams/{id}/status", """{"status":"paused","reason":"For a test."}""");
    }

    // Those without a time to live, but for the one count of all that is gone.
    private async Task<string[]> KeptKeysAsync()
    {
        var (connection, kept) = (server.Redis.Connection, new List<string>());
        foreach (var key in connection.GetServer(server.Redis.ConnectionString).Keys())
        {
            if (await connection.GetDatabase().KeyTimeToLiveAsync(key) is null && await connection.GetDatabase().KeyExistsAsync(key))
            {
                kept.Add(key!);
            }
        }

        return [.. kept.Where(key => key != Outbox.GoneKey).Order(StringComparer.Ordinal)];
    }

    private T Of<T>()
        where T : notnull => server.Services.GetRequiredService<T>();
}
