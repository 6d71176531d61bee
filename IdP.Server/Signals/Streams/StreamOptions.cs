namespace Platform.IdP.Signals.Streams;

/// <summary>Event streams of the Shared Signals Framework, section <c>Signals</c>.</summary>
internal sealed class StreamOptions
{
    public const string Section = "Signals";

    /// <summary>How many streams a receiver may have; another one is answered with 409.</summary>
    public int StreamsPerReceiver { get; set; } = 1;

    /// <summary>
    /// Whether a new stream is about all subjects, without those that the receiver removes (<c>ALL</c>), or only about
    /// those that it adds (<c>NONE</c>).
    /// </summary>
    public string DefaultSubjects { get; set; } = DefaultSubject.All;

    /// <summary>How many subjects a receiver may add to, or remove from, one stream.</summary>
    public int SubjectsPerStream { get; set; } = 100_000;

    /// <summary>The most events that wait for one receiver; the oldest are dropped beyond it.</summary>
    public int QueueLength { get; set; } = 10_000;

    /// <summary>How long an event waits for its receiver before it is dropped.</summary>
    public TimeSpan QueueAge { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The least time between two requests for verification.</summary>
    public TimeSpan MinVerificationInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>After so long without a sign of the receiver a stream is paused; zero: never.</summary>
    public TimeSpan InactivityTimeout { get; set; }

    /// <summary>How long a poll that finds nothing waits for an event (RFC 8936 section 2.2).</summary>
    public TimeSpan LongPoll { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>The most events of one answer to a poll.</summary>
    public int PollBatch { get; set; } = 100;
}

/// <summary>The values of <c>default_subjects</c> (SSF 1.0 section 7.1).</summary>
internal static class DefaultSubject
{
    public const string All = "ALL";
    public const string None = "NONE";
}
