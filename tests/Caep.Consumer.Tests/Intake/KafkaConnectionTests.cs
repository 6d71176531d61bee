using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Platform.Caep.Intake;
using Platform.Caep.Tests.Fixtures;

namespace Platform.Caep.Tests.Intake;

public sealed class KafkaConnectionTests : IDisposable
{
    private readonly RecordedLogs _logs = new();

    public void Dispose() => _logs.Dispose();

    [Theory]
    [InlineData("localhost:9092", "Unable to bootstrap from ('localhost', 9092)")]
    [InlineData("kafka-1:9093,kafka-2:9094", "Unable to bootstrap from ('kafka-1', 9093)")]
    [InlineData("kafka", "Unable to bootstrap from ('kafka', 9092)")]
    [InlineData("[::1]:9095", "Unable to bootstrap from ('[::1]', 9095)")]
    public void Says_where_Kafka_was_looked_for_and_what_to_do(string bootstrapServers, string words)
    {
        var kafka = Connection(bootstrapServers);

        kafka.Lost("Connection refused");

        Assert.StartsWith(words, kafka.Trouble, StringComparison.Ordinal);
        var line = Assert.Single(_logs.Lines);
        Assert.Contains(words, line, StringComparison.Ordinal);
        Assert.Contains("KAFKA_BOOTSTRAP_SERVERS", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_it_once_each_time()
    {
        var kafka = Connection("localhost:9092");

        kafka.Lost("Connection refused");
        kafka.Lost("Connection refused");
        kafka.Answered();
        kafka.Answered();
        kafka.Lost("Connection refused");

        Assert.Equal(3, _logs.Lines.Count());
    }

    [Fact]
    public void Is_in_trouble_until_Kafka_has_answered()
    {
        var kafka = Connection("localhost:9092");
        Assert.NotNull(kafka.Trouble);

        kafka.Answered();

        Assert.Null(kafka.Trouble);
    }

    [Fact]
    public void A_missing_connection_string_stops_the_start_with_a_sentence_that_names_it()
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => Connection(bootstrapServers: null));

        Assert.Contains("ConnectionStrings:kafka", refusal.Message, StringComparison.Ordinal);
    }

    private KafkaConnection Connection(string? bootstrapServers)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:kafka"] = bootstrapServers })
            .Build();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(_logs));
        return new KafkaConnection(configuration, loggers.CreateLogger<KafkaConnection>());
    }
}
