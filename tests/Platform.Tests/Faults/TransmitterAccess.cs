using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Platform.ServiceDefaults.Kafka;
using Platform.Tests.Topology;
using Platform.Tokens.Jose;
using Platform.Tokens.SecurityEvents;

namespace Platform.Tests.Faults;

/// <summary>The provider's own key and topic: what a provider with a wrong clock would send, and what nobody should.</summary>
internal sealed class TransmitterAccess : IDisposable
{
    private const string Events = "caep.events";
    private const string DeadLetters = "caep.events.dlt";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _issuer;
    private readonly string _bootstrapServers;
    private readonly SigningKey _key;
    private readonly IProducer<string, byte[]?> _producer;

    private TransmitterAccess(string issuer, string bootstrapServers, SigningKey key)
    {
        (_issuer, _bootstrapServers, _key) = (issuer, bootstrapServers, key);
        _producer = new ProducerBuilder<string, byte[]?>(new ProducerConfig { BootstrapServers = bootstrapServers, Acks = Acks.All }).Build();
    }

    public static async Task<TransmitterAccess> OpenAsync(
        RunningTopology topology, string keysSecret, CancellationToken cancellationToken)
    {
        RuntimeHelpers.RunModuleConstructor(typeof(KafkaTopics).Module.ModuleHandle); // binds librdkafka
        var file = Directory.GetFiles(Path.Combine(topology.DataFolder, "idp-keys"), "rs256-*").Order(StringComparer.Ordinal).First();
        var pem = await File.ReadAllTextAsync(file, cancellationToken);
        return new(
            topology.Issuer,
            (await topology.App.GetConnectionStringAsync("kafka", cancellationToken))!,
            SigningKey.FromEncryptedPem(pem, keysSecret, JwsAlgorithm.RS256));
    }

    /// <summary>Ends all sessions of a user; the provider's clock says <paramref name="at"/>.</summary>
    public byte[] SessionRevoked(string subject, DateTimeOffset at, DateTimeOffset? happenedAt = null) => Encoding.UTF8.GetBytes(
        new SecurityEventToken(
            _issuer,
            "urn:platform:caep",
            Guid.NewGuid().ToString("N"),
            at,
            new SubjectIdentifier.Complex(new SubjectIdentifier.IssuerSubject(_issuer, subject), null),
            EventTypes.SessionRevoked,
            JsonSerializer.SerializeToElement(new { event_timestamp = (happenedAt ?? at).ToUnixTimeSeconds() }),
            TransactionId: null).Sign(_key));

    /// <summary>Returns when Kafka has it.</summary>
    public Task PublishAsync(string key, byte[]? message, CancellationToken cancellationToken) =>
        _producer.ProduceAsync(Events, new() { Key = key, Value = message }, cancellationToken);

    /// <summary>The error and the reason with which the dead letter of each message was written, by the message's key.</summary>
    public Dictionary<string, DeadLetter> DeadLettersOf(IReadOnlyCollection<string> keys)
    {
        using var consumer = new ConsumerBuilder<string, byte[]?>(new ConsumerConfig
        {
            BootstrapServers = _bootstrapServers,
            GroupId = Guid.NewGuid().ToString("N"),
            AutoOffsetReset = AutoOffsetReset.Earliest,
        }).Build();
        consumer.Subscribe(DeadLetters);
        var found = new Dictionary<string, DeadLetter>();
        var began = TimeProvider.System.GetTimestamp();
        while (found.Count < keys.Count)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"Only these became dead letters: {string.Join(", ", found.Keys)}");
            if (consumer.Consume(TimeSpan.FromMilliseconds(200))?.Message is { } letter && keys.Contains(letter.Key))
            {
                found[letter.Key] = new(
                    letter.Value,
                    Encoding.UTF8.GetString(letter.Headers.GetLastBytes("error")),
                    Encoding.UTF8.GetString(letter.Headers.GetLastBytes("reason")));
            }
        }

        consumer.Close();
        return found;
    }

    public void Dispose()
    {
        _producer.Dispose();
        _key.Dispose();
    }
}

internal sealed record DeadLetter(byte[]? Message, string Error, string Reason);
