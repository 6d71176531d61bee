using System.Globalization;

namespace Platform.Caep.Intake;

/// <summary>Whether Kafka answers, and whether the group has us. Says so once each time it changes.</summary>
internal sealed partial class KafkaConnection(IConfiguration configuration, ILogger<KafkaConnection> logger)
{
    private const int DefaultPort = 9092;

    private const int NotJoined = -1;

    private readonly Lock _lock = new();
    private int _assigned = NotJoined;

    public string BootstrapServers { get; } = KafkaClients.BootstrapServers(configuration, "kafka");

    /// <summary>Why Kafka cannot be used; null when it can.</summary>
    public string? Trouble { get; private set; } = "Kafka has not answered yet.";

    /// <summary>The number of partitions, once the group has given us our share; it may be none.</summary>
    public int? Assigned => Volatile.Read(ref _assigned) is not NotJoined and var partitions ? partitions : null;

    /// <summary>How far behind each partition is.</summary>
    public IReadOnlyDictionary<int, long> Lag { get; private set; } = new Dictionary<int, long>();

    public void Lost(string reason)
    {
        var (host, port) = FirstServer();
        var trouble = $"Unable to bootstrap from ('{host}', {port}): {reason}";
        lock (_lock)
        {
            if (Trouble?.StartsWith("Unable", StringComparison.Ordinal) is true)
            {
                return;
            }

            Trouble = trouble;
        }

        LogLost(host, port, reason.TrimEnd('.'), BootstrapServers);
    }

    public void Answered()
    {
        lock (_lock)
        {
            if (Trouble is null)
            {
                return;
            }

            Trouble = null;
        }

        LogAnswered(BootstrapServers);
    }

    public void Joined(int partitions) => Volatile.Write(ref _assigned, partitions);

    public void Left() => Volatile.Write(ref _assigned, NotJoined);

    public void Measured(IReadOnlyDictionary<int, long> lag) => Lag = lag;

    private (string Host, int Port) FirstServer()
    {
        var first = BootstrapServers.Split(',', StringSplitOptions.TrimEntries)[0];
        var colon = first.LastIndexOf(':');
        return colon > 0 && int.TryParse(first.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? (first[..colon], port)
            : (first, DefaultPort);
    }

    [LoggerMessage(LogLevel.Error,
        "Unable to bootstrap from ('{Host}', {Port}): {Reason}. Start Kafka, or set ConnectionStrings:kafka " +
        "(KAFKA_BOOTSTRAP_SERVERS, now {BootstrapServers}) to where it listens. Trying on; no event is lost meanwhile.")]
    private partial void LogLost(string host, int port, string reason, string bootstrapServers);

    [LoggerMessage(LogLevel.Information, "Kafka answers at {BootstrapServers}.")]
    private partial void LogAnswered(string bootstrapServers);
}
