using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Confluent.Kafka;
using Platform.ServiceDefaults.Kafka;
using Platform.Testing;

namespace Platform.Caep.Tests.Fixtures;

/// <summary>A broker of its own: the real protocol, in the memory of a process that ends with the test.</summary>
internal sealed class KafkaServer : IDisposable
{
    private const string Greeting = "listening on ";

    private readonly Process _process;
    private bool _ended;
    private readonly Lazy<IProducer<byte[]?, byte[]?>> _producer;

    // Whichever test comes first, the native library is bound before a Kafka type is touched.
    static KafkaServer() => RuntimeHelpers.RunModuleConstructor(typeof(KafkaTopics).Module.ModuleHandle);

    public KafkaServer()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var broker = Path.Combine(output.Parent!.Parent!.FullName, "KafkaBroker", output.Name, "Platform.KafkaBroker.dll");
        _process = Process.Start(new ProcessStartInfo(
            "dotnet", ["exec", broker, "--topics", "caep.events:6,caep.events.dlt:6"])
        { RedirectStandardOutput = true })!;

        var line = _process.StandardOutput.ReadLine();
        Assert.StartsWith(Greeting, line, StringComparison.Ordinal);
        Address = line![Greeting.Length..];
        _producer = new(() => new ProducerBuilder<byte[]?, byte[]?>(
            new ProducerConfig { BootstrapServers = Address, EnableIdempotence = true, LingerMs = 0, MessageMaxBytes = 5_000_000 }).Build());
    }

    public string Address { get; }

    public Task PublishAsync(string key, string value) => SendAsync(key, Encoding.UTF8.GetBytes(value));

    public Task<DeliveryResult<byte[]?, byte[]?>> SendAsync(string key, byte[]? value, Headers? headers = null) =>
        _producer.Value.ProduceAsync(
            "caep.events",
            new Message<byte[]?, byte[]?> { Key = Encoding.UTF8.GetBytes(key), Value = value, Headers = headers ?? [] },
            TestContext.Current.CancellationToken);

    /// <summary>The first so many dead letters, in any order.</summary>
    public async Task<IReadOnlyList<Message<byte[]?, byte[]?>>> DeadLettersAsync(int count)
    {
        using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig
        {
            BootstrapServers = Address,
            GroupId = Guid.NewGuid().ToString("N"),
            AutoOffsetReset = AutoOffsetReset.Earliest,
        }).Build();
        consumer.Subscribe("caep.events.dlt");

        var letters = new List<Message<byte[]?, byte[]?>>();
        await Eventually.BecomesTrueAsync(
            () =>
            {
                if (consumer.Consume(TimeSpan.FromMilliseconds(100)) is { } letter)
                {
                    letters.Add(letter.Message);
                }

                return letters.Count >= count;
            },
            TestContext.Current.CancellationToken);
        consumer.Close();
        return letters;
    }

    /// <summary>What a group has committed, summed over the partitions: the number of messages that it is done with.</summary>
    public long Committed(string group)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(
            new ConsumerConfig { BootstrapServers = Address, GroupId = group }).Build();
        var partitions = Enumerable.Range(0, 6).Select(number => new TopicPartition("caep.events", number));
        return consumer.Committed(partitions, TimeSpan.FromSeconds(5))
            .Sum(partition => partition.Offset == Offset.Unset ? 0 : partition.Offset.Value);
    }

    /// <summary>Ends the broker, which forgets everything. A second time does nothing.</summary>
    public void Dispose()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        if (_producer.IsValueCreated)
        {
            _producer.Value.Dispose();
        }

        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
