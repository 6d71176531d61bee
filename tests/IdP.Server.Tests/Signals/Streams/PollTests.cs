using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.IdP.Tests.Running;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Tests.Signals.Streams;

/// <summary>RFC 8936.</summary>
public sealed class PollTests(StreamsServer server) : IClassFixture<StreamsServer>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_comes_again_with_the_same_jti_until_it_is_acknowledged()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        await server.RaiseAsync(session: "a session");

        var (jti, claims) = Assert.Single(await receiver.ReceiveAsync(id));
        Assert.Equal(jti, Assert.Single(await receiver.ReceiveAsync(id)).Jti);
        var acknowledged = await receiver.PollAsync(id, $$"""{"ack":["{{jti}}"],"returnImmediately":true}""");

        Assert.Equal("receiver", claims.GetProperty("aud").GetString());
        Assert.Equal(jti, claims.GetProperty("jti").GetString());
        Assert.Equal("""{"sets":{},"moreAvailable":false}""", acknowledged.GetRawText());
    }

    [Fact]
    public async Task Each_stream_has_its_own_jti_of_the_same_event()
    {
        using var receiver = new Receiver(server);
        var one = (await receiver.CreateAsync()).Id();
        var two = (await receiver.CreateAsync()).Id();
        await server.RaiseAsync();

        var first = Assert.Single(await receiver.ReceiveAsync(one));
        var second = Assert.Single(await receiver.ReceiveAsync(two));

        Assert.NotEqual(first.Jti, second.Jti);
        Assert.Equal(first.Claims.GetProperty("txn").GetString(), second.Claims.GetProperty("txn").GetString());
    }

    [Fact]
    public async Task No_more_than_is_asked_for_and_whether_there_is_more()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        await server.RaiseAsync(EventTypes.SessionRevoked);
        await server.RaiseAsync(EventTypes.AccountDisabled);
        await server.RaiseAsync(EventTypes.AccountPurged);
        var all = await receiver.ReceiveAsync(id, 3);
        Assert.Equal([EventTypes.SessionRevoked, EventTypes.AccountDisabled, EventTypes.AccountPurged], all.Select(set => set.Claims.Event().Name));

        var two = await receiver.PollAsync(id, """{"maxEvents":2,"returnImmediately":true}""");
        var none = await receiver.PollAsync(id, $$"""{"maxEvents":0,"ack":["{{all[0].Jti}}"]}""");
        var rest = await receiver.PollAsync(id, $$"""{"maxEvents":2,"ack":["{{all[2].Jti}}"]}""");

        Assert.Equal([all[0].Jti, all[1].Jti], Ids(two));
        Assert.True(two.GetProperty("moreAvailable").GetBoolean());
        Assert.Empty(Ids(none));
        Assert.True(none.GetProperty("moreAvailable").GetBoolean());
        Assert.Equal([all[1].Jti], Ids(rest));
        Assert.False(rest.GetProperty("moreAvailable").GetBoolean());
    }

    [Fact]
    public async Task A_poll_that_may_wait_is_answered_as_soon_as_there_is_an_event()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();

        var poll = receiver.PollAsync(id, "{}");
        await server.RaiseAsync();

        // The clock stands still: nothing but the event ends the wait.
        Assert.Single(Ids(await poll));
    }

    [Fact]
    public async Task A_poll_that_waits_in_vain_is_answered_after_a_while()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();

        var poll = receiver.PollAsync(id, "{}");
        while (!poll.IsCompleted)
        {
            server.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal("""{"sets":{},"moreAvailable":false}""", (await poll).GetRawText());
    }

    [Fact]
    public async Task A_poll_that_waits_does_not_hold_up_the_end_of_the_server()
    {
        await using var ending = new StreamsServer();
        await ending.InitializeAsync();
        using var receiver = new Receiver(ending);
        var id = (await receiver.CreateAsync()).Id();

        var poll = receiver.PollAsync(id, "{}");
        await Testing.Eventually.BecomesTrueAsync(async () => await SeenAsync(ending, id), Cancelled);
        var clock = Stopwatch.StartNew();
        ending.Stop();

        Assert.Empty(Ids(await poll));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_receiver_that_waits_many_times_over_is_answered_at_once()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();

        var polls = Enumerable.Range(0, 6).Select(_ => receiver.PollAsync(id, "{}")).ToList();
        var first = await Task.WhenAny(polls);
        Assert.Empty(Ids(await first));
        await server.RaiseAsync();

        Assert.All(await Task.WhenAll(polls), answer => Assert.InRange(Ids(answer).Count(), 0, 1));
    }

    [Fact]
    public async Task What_the_receiver_says_is_wrong_goes_to_the_dead_letters_and_comes_no_more()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        await server.RaiseAsync();
        var (jti, _) = Assert.Single(await receiver.ReceiveAsync(id));

        var answer = await receiver.PollAsync(id,
            $$$$"""{"returnImmediately":true,"setErrs":{"{{{{jti}}}}":{"err":"invalid_audience","description":"Not mine.\nReally."}}}""");

        Assert.Empty(Ids(answer));
        var letter = Assert.Single((await server.AdministerAsync($"/admin/streams/{id}/dead-letters")).EnumerateArray());
        Assert.Equal(jti, letter.GetProperty("jti").GetString());
        Assert.Equal("invalid_audience", letter.GetProperty("err").GetString());
        Assert.Equal("Not mine.Really.", letter.GetProperty("description").GetString());
        Assert.Equal(EventTypes.SessionRevoked, letter.GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_receiver_may_say_of_as_many_as_it_may_have_been_sent_what_is_wrong()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        var errors = Enumerable.Range(0, 1000).ToDictionary(
            count => $"{count:D43}", _ => new { err = "invalid_audience", description = new string('x', 300) });

        var answer = await receiver.PollAsync(id, JsonSerializer.Serialize(new { returnImmediately = true, setErrs = errors }));

        Assert.Empty(Ids(answer));
    }

    [Fact]
    public async Task A_poll_that_is_larger_than_any_can_be_is_refused()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();

        using var response = await receiver.SendAsync(HttpMethod.Post, $"/ssf/poll/{id}", $$"""{"ack":["{{new string('x', 2_000_000)}}"]}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task An_acknowledgement_of_what_is_unknown_is_ignored()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        await server.RaiseAsync();
        await receiver.ReceiveAsync(id);

        var answer = await receiver.PollAsync(id, """{"ack":["unknown"],"setErrs":{"unknown too":{"err":"invalid_key"}},"returnImmediately":true}""");

        Assert.Single(Ids(answer));
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("""{"maxEvents":-1}""")]
    [InlineData("""{"maxEvents":"2"}""")]
    [InlineData("""{"maxEvents":1.5}""")]
    [InlineData("""{"returnImmediately":"true"}""")]
    [InlineData("""{"ack":"one"}""")]
    [InlineData("""{"ack":[1]}""")]
    [InlineData("""{"setErrs":[]}""")]
    [InlineData("""{"setErrs":{"one":"wrong"}}""")]
    [InlineData("""{"setErrs":{"one":{"description":"no err"}}}""")]
    public async Task A_poll_that_cannot_be_understood_is_refused_and_takes_nothing(string body)
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();

        await receiver.RefusesAsync(HttpMethod.Post, $"/ssf/poll/{id}", body, "invalid_request");
    }

    [Fact]
    public async Task A_stream_that_is_pushed_is_not_polled()
    {
        using var receiver = new Receiver(server);
        var (id, _) = await receiver.CreatePushAsync("/not-polled");

        await receiver.RefusesAsync(HttpMethod.Post, $"/ssf/poll/{id}", "{}", "invalid_request");
    }

    [Fact]
    public async Task X5_Each_format_of_a_stream_names_the_person_in_its_own_way()
    {
        using var receiver = new Receiver(server);
        using var pairwise = new Receiver(server, "pairwise-receiver");
        var simple = (await receiver.CreateAsync()).Id();
        var email = (await receiver.CreateAsync(new JsonObject { ["format"] = "email" })).Id();
        var complex = (await receiver.CreateAsync(new JsonObject { ["format"] = "complex" })).Id();
        var stranger = (await pairwise.CreateAsync()).Id();
        await server.RaiseAsync(session: "the sid");

        const string User = $$"""{"format":"iss_sub","iss":"{{IdpServer.Issuer}}","sub":"{{StreamsServer.Ada}}"}""";
        Assert.Equal(User, await SubjectAsync(receiver, simple));
        Assert.Equal("""{"format":"email","email":"ada@example.com"}""", await SubjectAsync(receiver, email));
        Assert.Equal($$$"""{"format":"complex","user":{{{User}}},"session":{"format":"opaque","id":"the sid"}}""", await SubjectAsync(receiver, complex));
        var sub = JsonSerializer.Deserialize<JsonElement>(await SubjectAsync(pairwise, stranger)).GetProperty("sub").GetString();
        Assert.NotEqual(StreamsServer.Ada, sub);
        Assert.Equal(43, sub!.Length);
    }

    private static async Task<string> SubjectAsync(Receiver receiver, string id) =>
        Assert.Single(await receiver.ReceiveAsync(id)).Claims.GetProperty("sub_id").GetRawText();

    private static IEnumerable<string> Ids(JsonElement answer) => answer.GetProperty("sets").EnumerateObject().Select(set => set.Name);

    private static async Task<bool> SeenAsync(StreamsServer server, string id) =>
        await server.Redis.Connection.GetDatabase().HashExistsAsync($"idp:ssf:stream:{id}:record", "seen");
}
