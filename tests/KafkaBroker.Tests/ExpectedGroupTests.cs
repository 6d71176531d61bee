using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Confluent.Kafka;
using Microsoft.Extensions.Hosting;

namespace Platform.KafkaBroker.Tests;

/// <summary>A group that is expected gets its partitions before one that is not, whose members come at the same time.</summary>
public sealed class ExpectedGroupTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Later the three seconds of the broker are over, and both groups have those of their members.
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(2);

    static ExpectedGroupTests() => RuntimeHelpers.RunModuleConstructor(typeof(KafkaClients).Module.ModuleHandle);

    [Fact]
    public void A_group_that_is_expected_has_its_partitions_first()
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var broker = new BrokerProcess("--topics", "orders:6", "--groups", "expected,another");
            var began = TimeProvider.System.GetTimestamp();
            using var unexpected = Member(broker, "unexpected");
            using var expected = Member(broker, "expected");
            Poll(unexpected, expected);
            if (TimeProvider.System.GetElapsedTime(began) > InTime)
            {
                continue; // this machine was too slow
            }

            while (expected.Assignment.Count == 0)
            {
                Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "The group has no partitions.");
                Poll(unexpected, expected);
                Assert.Empty(unexpected.Assignment);
            }

            Assert.Equal(6, expected.Assignment.Count);
            return;
        }

        Assert.Skip("This machine starts no two consumers within two seconds.");
    }

    [Fact]
    public async Task Where_nobody_listens_it_says_so()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var address = $"{listener.LocalEndpoint}";
        listener.Stop();

        Assert.False(await ExpectedGroup.BeginAsync(address, "expected"));
    }

    private static void Poll(params ReadOnlySpan<IConsumer<string, string>> consumers)
    {
        foreach (var consumer in consumers)
        {
            consumer.Consume(10);
        }
    }

    private static IConsumer<string, string> Member(BrokerProcess broker, string group)
    {
        var consumer = new ConsumerBuilder<string, string>(new ConsumerConfig
        {
            BootstrapServers = broker.Address,
            GroupId = group,
            SessionTimeoutMs = 6000,
        }).Build();
        consumer.Subscribe("orders");
        return consumer;
    }
}
