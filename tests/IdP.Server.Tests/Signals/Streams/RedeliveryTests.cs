using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Signals.Streams;
using Platform.IdP.Tests.Running;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Tests.Signals.Streams;

/// <summary>Dead letters are sent again.</summary>
public sealed class RedeliveryTests(RedeliveryTests.Server server) : IClassFixture<RedeliveryTests.Server>
{
    private static readonly string[] Three = [EventTypes.SessionRevoked, EventTypes.AccountDisabled, EventTypes.AccountPurged];

    public sealed class Server : StreamsServer
    {
        public Server()
        {
            Settings["Signals:QueueLength"] = "100";
            Settings["Signals:QueueAge"] = "01:00:00";
        }
    }

    [Fact]
    public async Task All_go_to_the_end_of_the_queue_in_their_order()
    {
        using var receiver = new Receiver(server);
        var (id, refused) = await RefusedAsync(receiver);
        await server.RaiseAsync(EventTypes.CredentialChange);
        await receiver.ReceiveAsync(id);

        Assert.Equal("""{"sent":3,"left":0}""", (await SendAgainAsync(id, """{"all":true}""")).GetRawText());

        var received = await receiver.ReceiveAsync(id, 4);
        Assert.Equal([EventTypes.CredentialChange, .. Three], received.Select(set => set.Claims.Event().Name));
        Assert.Equal(refused, received.Skip(1).Select(set => set.Jti));
        Assert.Equal("""{"sent":0,"left":0}""", (await SendAgainAsync(id, """{"all":true}""")).GetRawText());
    }

    [Fact]
    public async Task Only_those_that_are_named()
    {
        using var receiver = new Receiver(server);
        var (id, refused) = await RefusedAsync(receiver);

        await SendAgainAsync(id, $$"""{"jti":["{{refused[1]}}","another"]}""", HttpStatusCode.BadRequest);
        Assert.Empty((await receiver.PollAsync(id)).GetProperty("sets").EnumerateObject());
        Assert.Equal("""{"sent":1,"left":2}""", (await SendAgainAsync(id, $$"""{"jti":["{{refused[1]}}"]}""")).GetRawText());

        Assert.Equal(refused[1], Assert.Single(await receiver.ReceiveAsync(id)).Jti);
        Assert.Equal([refused[2], refused[0]], (await LettersAsync(id)).Select(letter => letter.GetProperty("jti").GetString()));
    }

    [Fact]
    public async Task What_is_refused_again_is_a_dead_letter_again()
    {
        using var receiver = new Receiver(server);
        var (id, endpoint) = await receiver.CreatePushAsync("/again");
        endpoint.Answer = (StatusCodes.Status400BadRequest, """{"err":"invalid_audience"}""");
        await server.RaiseAsync();
        await HasLettersAsync(id, 1);

        await SendAgainAsync(id, """{"all":true}""");
        await HasLettersAsync(id, 1);
        await endpoint.NextAsync();
        await endpoint.NextAsync();
        endpoint.Answer = (StatusCodes.Status202Accepted, null);
        await SendAgainAsync(id, """{"all":true}""");

        await endpoint.NextAsync();
        await HasLettersAsync(id, 0);
    }

    [Fact]
    public async Task What_a_bound_of_the_queue_would_drop_stays_a_dead_letter()
    {
        using var receiver = new Receiver(server);
        var (id, _) = await RefusedAsync(receiver);
        for (var count = 0; count < 99; count++)
        {
            await server.RaiseAsync();
        }

        await Testing.Eventually.BecomesTrueAsync(
            async () => (await server.AdministeredAsync(id)).GetProperty("queue_length").GetInt32() == 99, TestContext.Current.CancellationToken);
        Assert.Equal("""{"sent":1,"left":2}""", (await SendAgainAsync(id, """{"all":true}""")).GetRawText());

        using var later = new Receiver(server);
        server.Clock.Advance(TimeSpan.FromHours(2));
        await Testing.Eventually.BecomesTrueAsync(async () =>
        {
            server.Clock.Advance(TimeSpan.FromSeconds(5));
            return (await server.AdministeredAsync(id)).GetProperty("queue_length").GetInt32() == 0;
        }, TestContext.Current.CancellationToken);
        Assert.Equal("""{"sent":0,"left":2}""", (await SendAgainAsync(id, """{"all":true}""")).GetRawText());
    }

    [Fact]
    public async Task A_disabled_stream_would_drop_them()
    {
        using var receiver = new Receiver(server);
        var (id, _) = await RefusedAsync(receiver);
        await receiver.SetStatusAsync(id, "disabled");

        var refusal = await SendAgainAsync(id, """{"all":true}""", HttpStatusCode.BadRequest);

        Assert.Equal("The stream is disabled, so that its events are dropped: enable or pause it first.", refusal.GetProperty("detail").GetString());
        Assert.Equal(3, (await LettersAsync(id)).Count);
    }

    [Fact]
    public async Task A_stream_that_is_disabled_meanwhile_leaves_them_where_they_are()
    {
        using var receiver = new Receiver(server);
        var (id, _) = await RefusedAsync(receiver);
        var before = (await server.Services.GetRequiredService<StreamStore>().FindAsync(id))!;
        await receiver.SetStatusAsync(id, "disabled");

        var outcome = await server.Services.GetRequiredService<Redelivery>().SendAsync(before, new RedeliveryCommand((IReadOnlySet<string>?)null));

        Assert.Equal(new RedeliveryOutcome.Sent(0, 3), outcome);
        Assert.Equal(0, (await server.AdministeredAsync(id)).GetProperty("queue_length").GetInt32());
    }

    // A stream whose receiver would not have three events.
    private async Task<(string Id, string[] Refused)> RefusedAsync(Receiver receiver)
    {
        var id = (await receiver.CreateAsync()).Id();
        foreach (var type in Three)
        {
            await server.RaiseAsync(type);
        }

        string[] refused = [.. (await receiver.ReceiveAsync(id, 3)).Select(set => set.Jti)];
        var errors = refused.ToDictionary(jti => jti, _ => new { err = "invalid_audience" });
        await receiver.PollAsync(id, JsonSerializer.Serialize(new { returnImmediately = true, setErrs = errors }));
        return (id, refused);
    }

    private Task<JsonElement> SendAgainAsync(string id, string body, HttpStatusCode status = HttpStatusCode.OK) =>
        server.OrderAsync($"/admin/streams/{id}/dead-letters", body, status);

    private async Task<IReadOnlyList<JsonElement>> LettersAsync(string id) =>
        [.. (await server.AdministerAsync($"/admin/streams/{id}/dead-letters")).EnumerateArray()];

    // And nothing waits to become one.
    private Task HasLettersAsync(string id, int count) => Testing.Eventually.BecomesTrueAsync(
        async () => (await server.AdministeredAsync(id)) is var stream && stream.GetProperty("queue_length").GetInt32() == 0 &&
            stream.GetProperty("dead_letters").GetInt32() == count,
        TestContext.Current.CancellationToken);
}
