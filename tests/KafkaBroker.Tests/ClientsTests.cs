using System.Runtime.CompilerServices;
using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Platform.ServiceDefaults.Kafka;

namespace Platform.KafkaBroker.Tests;

/// <summary>What the services do with Kafka, done with this broker.</summary>
public sealed class ClientsTests(BrokerProcess broker) : IClassFixture<BrokerProcess>
{
    private const string Topic = "orders";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Binds Confluent.Kafka to the system's library before the first client is built.
    static ClientsTests() => RuntimeHelpers.RunModuleConstructor(typeof(KafkaClients).Module.ModuleHandle);

    [Fact]
    public void Has_the_topics_that_it_was_started_with()
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = broker.Address }).Build();
        var topic = Assert.Single(admin.GetMetadata(Patience).Topics, topic => topic.Topic == Topic);
        Assert.Equal(6, topic.Partitions.Count);
    }

    [Fact]
    public async Task Lets_services_ensure_topics_that_are_there_though_it_knows_no_creation() =>
        await KafkaTopics.EnsureAsync(broker.Address, [Topic], 6);

    [Fact]
    public async Task Keeps_the_order_and_the_headers_of_what_an_idempotent_producer_writes()
    {
        var key = NewKey();
        await ProduceAsync(key, "1", "2", "3");

        using var consumer = Consumer(NewKey());
        var messages = Consume(consumer, key, 3);
        Assert.Equal(["1", "2", "3"], messages.Select(message => message.Message.Value));
        Assert.Single(messages.Select(message => message.Partition).Distinct());
        Assert.True(messages[0].Message.Headers.TryGetLastBytes("traceparent", out var header));
        Assert.Equal("00-1"u8.ToArray(), header);
        consumer.Close();
    }

    [Fact]
    public async Task Goes_on_from_the_committed_offset_after_a_restart_of_the_consumer()
    {
        var group = NewKey();
        var key = NewKey();
        await ProduceAsync(key, "before");
        using (var first = Consumer(group))
        {
            Consume(first, key, 1).ForEach(first.StoreOffset);
            first.Close();
        }

        await ProduceAsync(key, "after");
        using var second = Consumer(group);
        Assert.Equal("after", Assert.Single(Consume(second, key, 1)).Message.Value);
        second.Close();
    }

    [Fact]
    public async Task Hands_out_again_what_was_not_stored()
    {
        var group = NewKey();
        var key = NewKey();
        await ProduceAsync(key, "again");
        using (var first = Consumer(group))
        {
            Consume(first, key, 1);
            first.Close();
        }

        using var second = Consumer(group);
        Assert.Equal("again", Assert.Single(Consume(second, key, 1)).Message.Value);
        second.Close();
    }

    [Fact]
    public async Task Shares_the_partitions_with_a_second_consumer()
    {
        var group = NewKey();
        using var first = Consumer(group);
        using var second = Consumer(group);
        var deadline = TimeProvider.System.GetTimestamp();
        while (first.Assignment.Count != 3 || second.Assignment.Count != 3)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(deadline) < Patience, "The partitions were not shared.");
            first.Consume(50);
            second.Consume(50);
        }

        Assert.Equal(6, first.Assignment.Concat(second.Assignment).Distinct().Count());
        await Task.WhenAll(Task.Run(first.Close), Task.Run(second.Close));
    }

    [Fact]
    public async Task Takes_a_member_with_a_name_of_its_own_back()
    {
        var group = NewKey();
        var key = NewKey();
        await ProduceAsync(key, "one");
        for (var run = 0; run < 2; run++)
        {
            using var member = Consumer(group, config => config.GroupInstanceId = "consumer-1");
            Assert.Equal("one", Assert.Single(Consume(member, key, 1)).Message.Value);
            member.Close();
        }
    }

    private static string NewKey() => Guid.NewGuid().ToString("N");

    private async Task ProduceAsync(string key, params string[] values)
    {
        using var producer = new ProducerBuilder<string, string>(new ProducerConfig
        {
            BootstrapServers = broker.Address,
            Acks = Acks.All,
            EnableIdempotence = true,
        }).Build();
        foreach (var value in values)
        {
            var headers = new Headers { { "traceparent", "00-1"u8.ToArray() } };
            await producer.ProduceAsync(Topic, new Message<string, string> { Key = key, Value = value, Headers = headers });
        }
    }

    private IConsumer<string, string> Consumer(string group, Action<ConsumerConfig>? configure = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("ConnectionStrings:kafka", broker.Address)]).Build();
        var config = KafkaClients.ConsumerConfig(configuration, "kafka", group);
        // The broker waits this long, less a second, whenever a member comes or goes; and three seconds for the first one.
        config.SessionTimeoutMs = 4000;
        config.HeartbeatIntervalMs = 1000;
        configure?.Invoke(config);
        var consumer = new ConsumerBuilder<string, string>(config).Build();
        consumer.Subscribe(Topic);
        return consumer;
    }

    private static List<ConsumeResult<string, string>> Consume(IConsumer<string, string> consumer, string key, int count)
    {
        var found = new List<ConsumeResult<string, string>>();
        using var patience = new CancellationTokenSource(Patience);
        while (found.Count < count)
        {
            var message = consumer.Consume(patience.Token);
            if (message.Message.Key == key)
            {
                found.Add(message);
            }
        }

        return found;
    }
}
