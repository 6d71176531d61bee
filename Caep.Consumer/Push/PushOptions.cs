using System.ComponentModel.DataAnnotations;

namespace Platform.Caep.Push;

/// <summary>Bounds of what transmitters may push, section <c>Push</c>.</summary>
internal sealed class PushOptions
{
    public const string Section = "Push";

    /// <summary>Less than the megabyte that Kafka takes, for the key and the headers.</summary>
    [Range(1024, 900_000, ErrorMessage = "Push:LargestEvent must lie between 1024 and 900000 bytes.")]
    public int LargestEvent { get; set; } = 64 * 1024;

    /// <summary>How many events a minute are taken from one address.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Push:PerMinute must lie between 1 and 1000000.")]
    public int PerMinute { get; set; } = 6_000;
}
