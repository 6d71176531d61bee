using System.ComponentModel.DataAnnotations;

namespace Platform.Caep.Events;

/// <summary>What is expected of the pipeline, section <c>Signals</c>.</summary>
internal sealed class SignalsOptions
{
    public const string Section = "Signals";

    /// <summary>Whoever applies older events is not ready: something upstream holds them back.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Signals:LongestEventAge must lie between 00:00:01 and 1.00:00:00.")]
    public TimeSpan LongestEventAge { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an event that came by Kafka waits for the keys of a transmitter beside the issuer; then it is a dead letter.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "Signals:LongestWaitForKeys must lie between 00:00:01 and 01:00:00.")]
    public TimeSpan LongestWaitForKeys { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many events an administrator is shown.</summary>
    [Range(1, 10_000, ErrorMessage = "Signals:RecentEvents must lie between 1 and 10000.")]
    public int RecentEvents { get; set; } = 500;
}
