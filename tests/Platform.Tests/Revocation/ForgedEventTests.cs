using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Platform.ServiceDefaults.Kafka;
using Platform.Testing;
using Platform.Tests.Topology;
using Platform.Tokens.Jose;
using Platform.Tokens.SecurityEvents;

namespace Platform.Tests.Revocation;

/// <summary>Who can write to Kafka can still revoke nothing: a SET counts by its signature and audience alone.</summary>
public sealed class ForgedEventTests(SharedTopology shared)
{
    private readonly RunningTopology _topology = shared.Running;
    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    [Fact]
    public async Task T22_a_set_signed_with_another_key_ends_no_session_and_becomes_a_dead_letter()
    {
        using var person = new HttpUserAgent(_topology);
        using var page = await person.SignInAsync(User.Ada.Username, User.Ada.Password, _cancelled);
        var subject = (await person.SessionAsync(_cancelled))!.Value.GetProperty("subject").GetString()!;
        using var foreignKey = SigningKey.Create(JwsAlgorithm.RS256);
        var forged = SessionRevoked(subject).Sign(foreignKey);

        await PublishAsync(forged);

        Assert.Equal("invalid_key", await DeadLetterReasonAsync(forged));
        Assert.NotNull(await person.SessionAsync(_cancelled));
    }

    [Theory]
    [InlineData("caep.events")]
    [InlineData("caep.events.dlt")]
    public async Task The_topics_have_six_partitions(string topic)
    {
        var config = new AdminClientConfig { BootstrapServers = await BootstrapServersAsync() };
        using var admin = new AdminClientBuilder(config).Build();

        var metadata = admin.GetMetadata(topic, TimeSpan.FromSeconds(10));

        Assert.Equal(6, Assert.Single(metadata.Topics).Partitions.Count);
    }

    private async Task<string> BootstrapServersAsync()
    {
        RuntimeHelpers.RunModuleConstructor(typeof(KafkaTopics).Module.ModuleHandle); // binds librdkafka
        return (await _topology.App.GetConnectionStringAsync("kafka", _cancelled))!;
    }

    private SecurityEventToken SessionRevoked(string subject) => new(
        _topology.Issuer,
        "urn:platform:caep",
        Guid.NewGuid().ToString("N"),
        TimeProvider.System.GetUtcNow(),
        new SubjectIdentifier.Complex(new SubjectIdentifier.IssuerSubject(_topology.Issuer, subject), null),
        EventTypes.SessionRevoked,
        JsonSerializer.SerializeToElement(new { event_timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() }),
        null);

    private async Task PublishAsync(string set)
    {
        var config = new ProducerConfig { BootstrapServers = await BootstrapServersAsync() };
        using var producer = new ProducerBuilder<string, string>(config).Build();
        await producer.ProduceAsync("caep.events", new() { Key = "forged", Value = set }, _cancelled);
    }

    private async Task<string> DeadLetterReasonAsync(string set)
    {
        var config = new ConsumerConfig
        {
            BootstrapServers = await BootstrapServersAsync(),
            GroupId = Guid.NewGuid().ToString("N"),
            AutoOffsetReset = AutoOffsetReset.Earliest,
        };
        using var consumer = new ConsumerBuilder<string, string>(config).Build();
        consumer.Subscribe("caep.events.dlt");
        string? reason = null;
        await Eventually.BecomesTrueAsync(
            () =>
            {
                if (consumer.Consume(TimeSpan.FromMilliseconds(200))?.Message is { } letter && letter.Value == set)
                {
                    reason = Encoding.UTF8.GetString(letter.Headers.GetLastBytes("error"));
                }

                return reason is not null;
            },
            _cancelled);
        consumer.Close();
        return reason!;
    }
}
