using System.Text.Json.Nodes;
using Platform.Caep.Tests.Fixtures;
using Platform.Testing;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Tests.Conformance;

/// <summary>A transmitter that is written with another library pushes to the whole service.</summary>
public sealed class JoseTransmitterTests : IAsyncLifetime
{
    private const string Token = "another-transmitter-pushes-with-this-token";
    private const string Audience = "https://portal.example/caep";

    private readonly Transmitter _issuer = new();

    public ValueTask InitializeAsync() => _issuer.InitializeAsync();

    public ValueTask DisposeAsync() => _issuer.DisposeAsync();

    [Fact]
    public async Task X9_pushes_events_that_end_sessions_and_hears_why_others_are_refused()
    {
        Assert.SkipUnless(JoseTransmitter.Missing is null, JoseTransmitter.Missing ?? "");
        var cancelled = TestContext.Current.CancellationToken;
        using var transmitter = await JoseTransmitter.StartAsync(cancelled);
        using var kafka = new KafkaServer();
        using var redis = new RedisServer();
        await using var service = await ConsumerService.StartAsync(kafka.Address, redis.ConnectionString, _issuer.Issuer, builder =>
        {
            builder.Configuration["Transmitters:node:Issuer"] = transmitter.Issuer;
            builder.Configuration["Transmitters:node:Audience"] = Audience;
            builder.Configuration["Transmitters:node:PushToken"] = Token;
            builder.Configuration["Transmitters:node:SpeaksFor:0"] = _issuer.Issuer;
            builder.Configuration["Transmitters:node:Subjects:0"] = "email";
        });
        var sessions = new SessionsOf(redis.Connection, _issuer.Issuer);
        var ada = await sessions.SignInAsync("ada", email: "ada@example.com");
        var grace = await sessions.SignInAsync("grace", email: "grace@example.com");

        Assert.Equal((202, ""), await transmitter.PushAsync(Delivery("ada@example.com"), cancelled));
        await Eventually.BecomesTrueAsync(() => sessions.IsDeadAsync(ada), cancelled);

        Assert.Equal(400, await ErrorAsync("invalid_audience", Delivery("grace@example.com", audience: "https://other.example")));
        Assert.Equal(400, await ErrorAsync("authentication_failed", Delivery("grace@example.com", token: "a-token-that-belongs-to-no-transmitter")));
        Assert.Equal(400, await ErrorAsync("invalid_request", Delivery("grace@example.com", type: EventTypes.CredentialChange)));
        Assert.True(await sessions.IsAliveAsync(grace));

        JsonObject Delivery(string email, string audience = Audience, string token = Token, string type = EventTypes.SessionRevoked) => new()
        {
            ["endpoint"] = new Uri(service.Address, "/events").ToString(),
            ["token"] = token,
            ["audience"] = audience,
            ["subject"] = new JsonObject { ["format"] = "email", ["email"] = email },
            ["type"] = type,
            ["event"] = new JsonObject { ["event_timestamp"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() },
        };

        async Task<int> ErrorAsync(string error, JsonObject delivery)
        {
            var (status, body) = await transmitter.PushAsync(delivery, cancelled);
            Assert.Equal(error, JsonNode.Parse(body)!["err"]!.GetValue<string>());
            return status;
        }
    }
}
