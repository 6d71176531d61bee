using System.ComponentModel.DataAnnotations;

namespace Platform.Bff.Signals;

/// <summary>What is done when security events do not arrive, section <c>Bff:Events</c>.</summary>
internal sealed class EventsOptions
{
    public const string Section = "Bff:Events";

    /// <summary>Whether somebody must apply events; else they count as missing only once somebody did.</summary>
    public bool Required { get; set; }

    /// <summary>How long nobody may say that events are applied before they count as missing.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "1.00:00:00", ErrorMessage = "Bff:Events:SilentAfter must lie between 00:00:05 and 1.00:00:00.")]
    public TimeSpan SilentAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a session is used meanwhile without its provider having vouched for it.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "1.00:00:00", ErrorMessage = "Bff:Events:ConfirmEvery must lie between 00:00:05 and 1.00:00:00.")]
    public TimeSpan ConfirmEvery { get; set; } = TimeSpan.FromMinutes(5);
}
