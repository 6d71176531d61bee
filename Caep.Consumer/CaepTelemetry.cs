using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Platform.Caep;

/// <summary>The service's traces and metrics; names follow the OpenTelemetry conventions for messaging.</summary>
internal static class CaepTelemetry
{
    public const string Name = "Platform.Caep";

    private const string EventType = "event.type";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Events = Meter.CreateCounter<long>(
        "caep.events", "{event}", "Events that were validated, by type and outcome.");

    private static readonly Counter<long> Poisoned = Meter.CreateCounter<long>(
        "caep.events.refused", "{event}", "Events that will never be good, by error.");

    private static readonly Counter<long> DeadLetters = Meter.CreateCounter<long>(
        "caep.dead_letters", "{event}", "Events that were written to the dead-letter topic, by error.");

    private static readonly Histogram<double> Age = Meter.CreateHistogram<double>(
        "caep.event.age", "s", "From the event to its arrival here.");

    private static readonly Histogram<double> Delay = Meter.CreateHistogram<double>(
        "caep.revocation.delay", "s", "From the event until it was applied.");

    private static readonly Counter<double> Paused = Meter.CreateCounter<double>(
        "caep.paused", "s", "Time in which nothing was taken in, by cause.");

    public static Activity? StartConsume(string topic, string group, int partition, long offset, ActivityContext parent) =>
        Source.StartActivity($"process {topic}", ActivityKind.Consumer, parent, [
            new("messaging.system", "kafka"),
            new("messaging.operation.name", "process"),
            new("messaging.operation.type", "process"),
            new("messaging.destination.name", topic),
            new("messaging.destination.partition.id", $"{partition}"),
            new("messaging.consumer.group.name", group),
            new("messaging.kafka.offset", offset),
        ]);

    public static void CountEvent(string type, string outcome, TimeSpan age)
    {
        Events.Add(1, new(EventType, type), new("outcome", outcome));
        Age.Record(Math.Max(0, age.TotalSeconds), new KeyValuePair<string, object?>(EventType, type));
    }

    public static void CountPoison(string error) => Poisoned.Add(1, new KeyValuePair<string, object?>("error.type", error));

    public static void CountDeadLetter(string error) =>
        DeadLetters.Add(1, new KeyValuePair<string, object?>("error.type", error));

    public static void RecordDelay(string type, TimeSpan delay) =>
        Delay.Record(Math.Max(0, delay.TotalSeconds), new KeyValuePair<string, object?>(EventType, type));

    public static void AddPaused(string cause, TimeSpan time) =>
        Paused.Add(time.TotalSeconds, new KeyValuePair<string, object?>("cause", cause));

    /// <summary>Lag per partition, asked for when metrics are read.</summary>
    public static void ObserveLag(Func<IEnumerable<Measurement<long>>> lag) =>
        Meter.CreateObservableGauge("caep.lag", lag, "{message}", "Messages behind the end of the partition.");
}
