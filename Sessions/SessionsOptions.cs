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

    /// <summary>How long a session lives without being used.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00",
        ErrorMessage = "Sessions:IdleLifetime must lie between 00:01:00 and 365.00:00:00.")]
    public TimeSpan IdleLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many sessions a process keeps in memory; each has some kilobytes.</summary>
    [Range(0, 10_000_000, ErrorMessage = "Sessions:MostInMemory must lie between 0 and 10000000.")]
    public int MostInMemory { get; set; } = 50_000;

    // Writing each use would cost more than it tells.
    private const int NotesPerIdleLifetime = 20;

    internal bool IsUseWorthNoting(DateTimeOffset seenAt, DateTimeOffset now) => now >= seenAt + (IdleLifetime / NotesPerIdleLifetime);

    /// <summary>No session lives longer than the longest may.</summary>
    internal SessionRecord Cut(SessionRecord record, DateTimeOffset now) =>
        now + LongestLifetime is var latest && record.ExpiresAt > latest ? record with { ExpiresAt = latest } : record;

    internal bool IsAlive(LiveSession session, DateTimeOffset now) =>
        now < session.Record.ExpiresAt && now < session.SeenAt + IdleLifetime;
}
