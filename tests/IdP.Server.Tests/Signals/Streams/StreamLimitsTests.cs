using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.IdP.Tests.Signals.Streams;

/// <summary>How long what a receiver says may be.</summary>
public sealed class StreamLimitsTests(StreamsServer server) : IClassFixture<StreamsServer>
{
    private const string Streams = "/ssf/streams";

    private static readonly Dictionary<string, Func<int, JsonObject>> OfConfiguration = new()
    {
        ["description"] = length => new JsonObject { ["description"] = Text(length) },
        ["events_requested"] = count => new JsonObject { ["events_requested"] = new JsonArray([.. Enumerable.Range(0, count).Select(item => (JsonNode)$"urn:example:{item}")]) },
        ["one event"] = length => new JsonObject { ["events_requested"] = new JsonArray(Text(length)) },
        ["endpoint_url"] = length => Push("https://receiver.test/".PadRight(length, 'x')),
        ["authorization_header"] = length => Push("https://receiver.test/", Text(length)),
    };

    [Theory]
    [InlineData("description", 500)]
    [InlineData("events_requested", 200)]
    [InlineData("one event", 500)]
    [InlineData("endpoint_url", 2048)]
    [InlineData("authorization_header", 4096)]
    public async Task A_member_of_the_configuration_has_its_limit(string member, int longest)
    {
        using var receiver = new Receiver(server);
        await receiver.SendAsync(HttpMethod.Post, Streams, OfConfiguration[member](longest).ToJsonString(), HttpStatusCode.Created);

        await receiver.RefusesAsync(HttpMethod.Post, Streams, OfConfiguration[member](longest + 1).ToJsonString(), "invalid_request");
    }

    [Fact]
    public async Task The_reason_of_a_status_has_at_most_500_characters()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        string Body(int length) => JsonSerializer.Serialize(new { stream_id = id, status = "paused", reason = Text(length) });

        await receiver.SendAsync(HttpMethod.Post, "/ssf/status", Body(500), HttpStatusCode.OK);
        await receiver.RefusesAsync(HttpMethod.Post, "/ssf/status", Body(501), "invalid_request");
        await server.OrderAsync($"/admin/streams/{id}/status", """{"status":"enabled","reason":"REASON"}""".Replace("REASON", Text(501), StringComparison.Ordinal), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_state_of_a_verification_has_at_most_1000_characters()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        string Body(int length) => JsonSerializer.Serialize(new { stream_id = id, state = Text(length) });

        await receiver.RefusesAsync(HttpMethod.Post, "/ssf/verification", Body(1001), "invalid_request");
        await receiver.SendAsync(HttpMethod.Post, "/ssf/verification", Body(1000), HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task The_id_of_a_stream_has_at_most_100_characters()
    {
        using var receiver = new Receiver(server);

        await receiver.RefusesAsync(HttpMethod.Get, $"{Streams}?stream_id={Text(100)}", null, "not_found", HttpStatusCode.NotFound);
        await receiver.RefusesAsync(HttpMethod.Get, $"{Streams}?stream_id={Text(101)}", null, "invalid_request");
        await receiver.RefusesAsync(HttpMethod.Post, $"/ssf/poll/{Text(101)}", "{}", "invalid_request");
    }

    [Fact]
    public async Task A_stream_has_at_most_1000_subjects_that_are_complex()
    {
        using var receiver = new Receiver(server);
        var id = (await receiver.CreateAsync()).Id();
        string Body(int number) => $$$$"""
            {"stream_id":"{{{{id}}}}","subject":{"format":"complex","device":{"format":"opaque","id":"{{{{number}}}}"}}}
            """;
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async lane =>
        {
            for (var number = lane; number < 1000; number += 20)
            {
                await receiver.SendAsync(HttpMethod.Post, "/ssf/subjects/remove", Body(number), HttpStatusCode.NoContent);
            }
        }));

        await receiver.RefusesAsync(HttpMethod.Post, "/ssf/subjects/remove", Body(1000), "access_denied", HttpStatusCode.Forbidden);

        await receiver.SendAsync(HttpMethod.Post, "/ssf/subjects/remove", Body(999), HttpStatusCode.NoContent);
        await receiver.SendAsync(HttpMethod.Post, "/ssf/subjects/add", Body(0), HttpStatusCode.OK);
        await receiver.SendAsync(HttpMethod.Post, "/ssf/subjects/remove", Body(1000), HttpStatusCode.NoContent);
    }

    private static JsonObject Push(string address, string? header = null)
    {
        var delivery = new JsonObject { ["method"] = "urn:ietf:rfc:8935", ["endpoint_url"] = address };
        if (header is not null)
        {
            delivery["authorization_header"] = header;
        }

        return new JsonObject { ["delivery"] = delivery };
    }

    private static string Text(int length) => new('x', length);
}
