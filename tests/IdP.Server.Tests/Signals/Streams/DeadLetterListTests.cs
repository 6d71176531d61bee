using System.Net;
using System.Text.Json;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Tests.Signals.Streams;

/// <summary>What an administrator is shown of a stream's dead letters.</summary>
public sealed class DeadLetterListTests(StreamsServer server) : IClassFixture<StreamsServer>
{
    [Fact]
    public async Task The_latest_come_first_and_the_others_page_by_page()
    {
        using var receiver = new Receiver(server);
        var path = $"/admin/streams/{await WithLettersAsync(receiver, 102)}/dead-letters";

        var first = await JtisAsync(path);
        var second = await JtisAsync(path + "?skip=100");

        Assert.Equal(Enumerable.Range(0, 102).Select(count => $"{count}").Reverse(), [.. first, .. second]);
        Assert.Equal(100, first.Length);
        Assert.Empty(await JtisAsync(path + "?skip=102"));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("some")]
    [InlineData("")]
    public async Task What_is_no_number_is_refused(string skip)
    {
        using var receiver = new Receiver(server);
        var id = await WithLettersAsync(receiver, 1);

        using var response = await receiver.Portal.GetWithTokenAsync(
            $"/admin/streams/{id}/dead-letters?skip={skip}", await receiver.Portal.GetAdminTokenAsync("streams.read"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private async Task<string> WithLettersAsync(Receiver receiver, int count)
    {
        var id = (await receiver.CreateAsync()).Id();
        await server.Redis.Connection.GetDatabase().ListRightPushAsync($"idp:ssf:stream:{id}:dead-letters",
            [.. Enumerable.Range(0, count).Select(number => (StackExchange.Redis.RedisValue)JsonSerializer.Serialize(new
            {
                Jti = $"{number}",
                Type = EventTypes.SessionRevoked,
                Err = "invalid_key",
                At = DateTimeOffset.UnixEpoch,
                Event = "{}",
            }))]);
        return id;
    }

    private async Task<string[]> JtisAsync(string path) =>
        [.. (await server.AdministerAsync(path)).EnumerateArray().Select(letter => letter.GetProperty("jti").GetString()!)];
}
