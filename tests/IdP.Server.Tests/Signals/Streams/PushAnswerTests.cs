using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Tests.Signals.Streams;

/// <summary>What the answer to a push makes of the SET (RFC 8935 sections 2.2 to 2.4).</summary>
public sealed class PushAnswerTests(StreamsServer server) : IClassFixture<StreamsServer>
{
    private const string Passing = """{"err":"invalid_key"}""";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200, null, "{}")]
    [InlineData(204, null, null)]
    [InlineData(202, "gzip", "not even packed")]
    [InlineData(202, null, "LARGE")]
    public async Task What_was_taken_is_not_sent_again_whatever_else_the_receiver_says(int status, string? encoding, string? body)
    {
        using var receiver = new Receiver(server);
        var (id, endpoint) = await receiver.CreatePushAsync($"/taken-{status}-{body?.Length}");
        endpoint.Encoding = encoding;
        endpoint.Answer = (status, body is "LARGE" ? new string(' ', 2 * 1024 * 1024) : body);

        await server.RaiseAsync();
        await endpoint.NextAsync();

        await EmptyAsync(id);
        var stream = await server.AdministeredAsync(id);
        Assert.Equal((1, 0), (stream.GetProperty("delivered").GetInt32(), stream.GetProperty("failures").GetInt32()));
    }

    [Fact]
    public async Task An_outage_uses_up_none_of_the_attempts_at_a_SET_that_is_refused_for_what_may_pass()
    {
        using var receiver = new Receiver(server);
        var (id, endpoint) = await receiver.CreatePushAsync("/outage");
        endpoint.Answer = (StatusCodes.Status503ServiceUnavailable, null);
        await server.RaiseAsync();
        await AttemptsAsync(endpoint, 3);

        endpoint.Answer = (StatusCodes.Status400BadRequest, Passing);
        await AttemptsAsync(endpoint, 2);
        endpoint.Answer = (StatusCodes.Status503ServiceUnavailable, null);
        await AttemptsAsync(endpoint, 1);
        await FailedAsync(id, 6);
        Assert.Equal(0, (await server.AdministeredAsync(id)).GetProperty("dead_letters").GetInt32());

        endpoint.Answer = (StatusCodes.Status400BadRequest, Passing);
        await AttemptsAsync(endpoint, 3);
        await EmptyAsync(id);
        Assert.Equal(1, (await server.AdministeredAsync(id)).GetProperty("dead_letters").GetInt32());
    }

    [Fact]
    public async Task The_attempts_at_one_SET_are_none_at_another()
    {
        using var receiver = new Receiver(server);
        var (id, endpoint) = await receiver.CreatePushAsync("/another");
        endpoint.Answer = (StatusCodes.Status400BadRequest, Passing);
        await server.RaiseAsync();
        await AttemptsAsync(endpoint, 4);
        await FailedAsync(id, 4);

        // As when a bound of the queue takes it away.
        await server.Redis.Connection.GetDatabase().ListLeftPopAsync($"idp:events:stream:{id}");
        await server.RaiseAsync(EventTypes.AccountDisabled);
        await AttemptsAsync(endpoint, 4);
        await FailedAsync(id, 8);

        Assert.Equal(0, (await server.AdministeredAsync(id)).GetProperty("dead_letters").GetInt32());
    }

    [Fact]
    public async Task Of_what_the_receiver_says_not_too_much_is_kept()
    {
        using var receiver = new Receiver(server);
        var (id, endpoint) = await receiver.CreatePushAsync("/talkative");
        endpoint.Answer = (StatusCodes.Status400BadRequest, JsonSerializer.Serialize(
            new { err = "access_denied", description = "second\nline " + new string('x', 10_000) }));

        await server.RaiseAsync();
        await endpoint.NextAsync();
        await FailedAsync(id, 1);

        var said = (await server.AdministeredAsync(id)).GetProperty("last_error").GetString()!;
        Assert.StartsWith("access_denied secondline xxx", said, StringComparison.Ordinal);
        Assert.InRange(said.Length, 200, 250);
    }

    private async Task AttemptsAsync(PushedSets.Endpoint endpoint, int count)
    {
        for (var attempt = 0; attempt < count; attempt++)
        {
            await server.AdvanceUntilAsync(endpoint.NextAsync());
        }
    }

    private Task FailedAsync(string id, int failures) => Testing.Eventually.BecomesTrueAsync(
        async () => (await server.AdministeredAsync(id)).GetProperty("failures").GetInt32() == failures, Cancelled);

    private Task EmptyAsync(string id) => Testing.Eventually.BecomesTrueAsync(
        async () => (await server.AdministeredAsync(id)).GetProperty("queue_length").GetInt32() == 0, Cancelled);
}
