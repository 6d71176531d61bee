using System.ComponentModel.DataAnnotations;

namespace Platform.Caep.Intake;

/// <summary>Where events come from and how they are spread, section <c>Kafka</c>.</summary>
internal sealed class KafkaOptions
{
    public const string Section = "Kafka";

    [Required(ErrorMessage = "Kafka:Topic is empty: give the topic of the events.")]
    public string Topic { get; set; } = "caep.events";

    [Required(ErrorMessage = "Kafka:DeadLetterTopic is empty: give the topic for events that can never be applied.")]
    public string DeadLetterTopic { get; set; } = "caep.events.dlt";

    /// <summary>Of the topics, where this service is the first to need them.</summary>
    [Range(1, 1000, ErrorMessage = "Kafka:Partitions must lie between 1 and 1000.")]
    public int Partitions { get; set; } = 6;

    [Required(ErrorMessage = "Kafka:GroupId is empty: give the consumer group.")]
    public string GroupId { get; set; } = "caep";

    /// <summary>
    /// Static membership: a name of this instance that survives its restart, different in each replica. The
    /// partitions wait for the instance instead of moving. None by default.
    /// </summary>
    public string? GroupInstanceId { get; set; }

    /// <summary>How long the group waits for a member that died without leaving.</summary>
    [Range(typeof(TimeSpan), "00:00:04", "00:30:00", ErrorMessage = "Kafka:SessionTimeout must lie between 00:00:04 and 00:30:00.")]
    public TimeSpan SessionTimeout { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>How long the broker holds a fetch that finds nothing.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00", ErrorMessage = "Kafka:FetchWait must lie between 00:00:00.001 and 00:01:00.")]
    public TimeSpan FetchWait { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How many keys are worked on at the same time. Most of them wait for Redis: more lanes make fuller packets.</summary>
    [Range(1, 1024, ErrorMessage = "Kafka:Lanes must lie between 1 and 1024.")]
    public int Lanes { get; set; } = 64;

    /// <summary>How many events wait in a lane before the intake pauses.</summary>
    [Range(1, 100_000, ErrorMessage = "Kafka:LaneCapacity must lie between 1 and 100000.")]
    public int LaneCapacity { get; set; } = 256;

    /// <summary>How long a partition that is taken away, or a shutdown, waits for what is under way.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ErrorMessage = "Kafka:DrainTimeout must lie between 00:00:00 and 00:01:00.")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(3);
}
