using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.IdP.Signals.Events;
using Platform.IdP.Signals.Kafka;
using Platform.ServiceDefaults.Kafka;

namespace Platform.IdP.Tests.Signals;

/// <summary>Over TCP, with brokers that librdkafka keeps in the memory of a client.</summary>
public sealed class KafkaEventTopicTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    // Binds Confluent.Kafka to the system's library before the first client is built.
    static KafkaEventTopicTests() => RuntimeHelpers.RunModuleConstructor(typeof(KafkaTopics).Module.ModuleHandle);

    [Fact]
    public async Task A_producer_whose_message_timed_out_gives_way_to_a_new_one()
    {
        using var door = new Door();
        using var former = new Cluster();
        door.Port = former.Port;
        using var topic = new KafkaEventTopic(door.Address, NullLogger<KafkaEventTopic>.Instance);
        await topic.PublishAsync(Event("before"), Cancelled);

        former.Dispose();
        var refused = await Assert.ThrowsAsync<EventTopicUnavailableException>(() => topic.PublishAsync(Event("meanwhile"), Cancelled));
        Assert.Equal(ErrorCode.Local_MsgTimedOut, Assert.IsType<ProduceException<string, string>>(refused.InnerException).Error.Code);

        // While nothing is there none can be made: the former one would wait for its message to time out again.
        refused = await Assert.ThrowsAsync<EventTopicUnavailableException>(() => topic.PublishAsync(Event("meanwhile"), Cancelled));
        Assert.NotEqual(ErrorCode.Local_MsgTimedOut, Assert.IsAssignableFrom<KafkaException>(refused.InnerException).Error.Code);

        using var present = new Cluster();
        door.Port = present.Port;
        await topic.PublishAsync(Event("after"), Cancelled);
        Assert.Equal("after", present.Read());
    }

    private static SignedEvent Event(string token) => new("an id", "session-revoked", "a key", token, null, null);

    /// <summary>A cluster of one broker, which has the topics and nothing in them.</summary>
    private sealed class Cluster : IDisposable
    {
        private readonly IProducer<string, string> _host;
        private readonly string _address;
        private bool _ended;

        public Cluster()
        {
            var config = new ProducerConfig();
            config.Set("test.mock.num.brokers", "1");
            _host = new ProducerBuilder<string, string>(config).Build();
            using var admin = new DependentAdminClientBuilder(_host.Handle).Build();
            admin.GetMetadata("caep.events.dlt", TimeSpan.FromSeconds(5));
            var broker = admin.GetMetadata(KafkaEventTopic.Topic, TimeSpan.FromSeconds(5)).Brokers.Single();
            (Port, _address) = (broker.Port, $"{broker.Host}:{broker.Port}");
        }

        public int Port { get; }

        public string Read()
        {
            using var consumer = new ConsumerBuilder<string, string>(
                new ConsumerConfig { BootstrapServers = _address, GroupId = "a reader", AutoOffsetReset = AutoOffsetReset.Earliest }).Build();
            consumer.Assign(Enumerable.Range(0, 4).Select(number => new TopicPartitionOffset(KafkaEventTopic.Topic, number, Offset.Beginning)));
            return consumer.Consume(TimeSpan.FromSeconds(20)).Message.Value;
        }

        public void Dispose()
        {
            if (!_ended)
            {
                _ended = true;
                _host.Dispose();
            }
        }
    }

    /// <summary>The address that clients are told, behind which the brokers move.</summary>
    private sealed class Door : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public Door()
        {
            _listener.Start();
            _ = AcceptAsync();
        }

        public int Port { get; set; }

        public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

        public void Dispose() => _listener.Dispose();

        private async Task AcceptAsync()
        {
            while (true)
            {
                try
                {
                    _ = CarryAsync(await _listener.AcceptTcpClientAsync());
                }
                catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
                {
                    return;
                }
            }
        }

        private async Task CarryAsync(TcpClient client)
        {
            using var broker = new TcpClient();
            try
            {
                await broker.ConnectAsync(IPAddress.Loopback, Port);
                var (near, far) = (client.GetStream(), broker.GetStream());
                await Task.WhenAny(near.CopyToAsync(far), far.CopyToAsync(near));
            }
            catch (SocketException)
            {
                // It is away: so is what is behind the door.
            }
            finally
            {
                client.Dispose();
            }
        }
    }
}
