using System.ComponentModel.DataAnnotations;

namespace Platform.Sessions;

/// <summary>Settings of the session store, section <c>Sessions</c>.</summary>
public sealed class SessionsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions";

    /// <summary>
    /// The longest that a session can live. Sessions are cut to it, and tombstones last as long, so that no sign-in
    /// that began before a revocation can outlive the memory of it.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00",
        ErrorMessage = "Sessions:LongestLifetime must lie between 00:01:00 and 365.00:00:00.")]
    public TimeSpan LongestLifetime { get; set; } = TimeSpan.FromDays(1);
}
