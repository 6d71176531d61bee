using System.ComponentModel.DataAnnotations;

namespace Platform.Sessions.Sealed;

/// <summary>Where sessions are kept, section <c>Bff:Sessions</c>.</summary>
public sealed class SessionModeOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Bff:Sessions";

    /// <summary>All of a session is in Redis, and the cookie says nothing.</summary>
    public const string Stateful = "stateful";

    /// <summary>All of a session is sealed into its cookie; Redis knows only which have been ended.</summary>
    public const string Stateless = "stateless";

    /// <summary>Identity and access tokens are sealed into the cookie for a while, the rest is in Redis.</summary>
    public const string Hybrid = "hybrid";

    /// <summary>One of the three.</summary>
    [RegularExpression($"{Stateful}|{Stateless}|{Hybrid}", ErrorMessage = "Bff:Sessions:Mode must be stateful, stateless or hybrid.")]
    public string Mode { get; set; } = Stateful;

    /// <summary>How long a hybrid cookie does without a reading of what is kept in Redis.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00", ErrorMessage = "Bff:Sessions:SealedFor must lie between 00:01:00 and 01:00:00.")]
    public TimeSpan SealedFor { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a hybrid session can be renewed; it takes the place of <c>Sessions:LongestLifetime</c>.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00", ErrorMessage = "Bff:Sessions:RenewableFor must lie between 01:00:00 and 365.00:00:00.")]
    public TimeSpan RenewableFor { get; set; } = TimeSpan.FromDays(7);
}
