using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Confluent.Kafka;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Platform.ServiceDefaults.Kafka;
using Platform.Tokens.Jose;
using Platform.Tokens.SecurityEvents;

namespace Platform.Benchmarks.Pipeline;

/// <summary>An issuer of events: its keys over HTTP, and many signed events in Kafka before anybody reads them.</summary>
internal sealed class EventTransmitter : IAsyncDisposable
{
    public const string Topic = "caep.events";
    public const string Audience = "urn:platform:caep";
    public const int People = 10_000;

    private const int Partitions = 6;

    private readonly WebApplication _app;
    private readonly SigningKey _key = SigningKey.Create(JwsAlgorithm.RS256);
    private readonly DateTimeOffset _anHourAgo = TimeProvider.System.GetUtcNow().AddHours(-1);

    private EventTransmitter()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new JsonObject
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = $"{Issuer}/authorize",
            ["token_endpoint"] = $"{Issuer}/token",
            ["jwks_uri"] = $"{Issuer}/jwks",
        }));
        _app.MapGet("/jwks", () => Results.Text(new JsonWebKeySet([_key.PublicKey]).ToJson(), "application/json"));
    }

    public string Issuer => _app.Urls.Single();

    public static async Task<EventTransmitter> StartAsync()
    {
        var transmitter = new EventTransmitter();
        await transmitter._app.StartAsync();
        return transmitter;
    }

    public static string SubjectOf(int person) => $"person-{person}";

    /// <summary>When the how-manieth event of a person happened.</summary>
    public DateTimeOffset TimeOf(int turn) => _anHourAgo.AddMinutes(turn);

    /// <summary>Returns when Kafka has all of them; each person's are in order, a turn of all people after the other.</summary>
    public async Task PublishAsync(string bootstrapServers, int events, CancellationToken cancellationToken)
    {
        var messages = new Message<string, string>[events];
        Parallel.For(0, events, new ParallelOptions { CancellationToken = cancellationToken }, index =>
            messages[index] = SessionRevoked(SubjectOf(index % People), TimeOf(index / People)));

        await KafkaTopics.EnsureAsync(bootstrapServers, [Topic, $"{Topic}.dlt"], Partitions);
        using var producer = new ProducerBuilder<string, string>(new ProducerConfig
        {
            BootstrapServers = bootstrapServers,
            Acks = Acks.All,
            EnableIdempotence = true,
            LingerMs = 5,
            QueueBufferingMaxMessages = events,
            QueueBufferingMaxKbytes = 1024 * 1024,
        }).Build();
        await Task.WhenAll(messages.Select(message => producer.ProduceAsync(Topic, message, cancellationToken)));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private Message<string, string> SessionRevoked(string subject, DateTimeOffset at) => new()
    {
        Key = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{Issuer}|{subject}"))),
        Value = new SecurityEventToken(
            Issuer,
            Audience,
            Guid.NewGuid().ToString("N"),
            at,
            new SubjectIdentifier.Complex(new SubjectIdentifier.IssuerSubject(Issuer, subject), null),
            EventTypes.SessionRevoked,
            JsonSerializer.SerializeToElement(new { event_timestamp = at.ToUnixTimeSeconds(), initiating_entity = "admin" }),
            TransactionId: Guid.NewGuid().ToString("N")).Sign(_key),
    };
}
