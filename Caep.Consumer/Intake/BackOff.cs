namespace Platform.Caep.Intake;

/// <summary>Delays that double from 100 ms to 30 s, each between half and all of itself, so that replicas drift apart.</summary>
internal struct BackOff
{
    private const double FirstMilliseconds = 100;
    private const double LongestMilliseconds = 30_000;

    private int _failures;

    /// <summary>What went well for longer than the longest delay does not belong to the failures of before.</summary>
    public void ResetAfter(TimeSpan duration) => _failures = duration.TotalMilliseconds > LongestMilliseconds ? 0 : _failures;

    public TimeSpan Next()
    {
        var ceiling = Math.Min(LongestMilliseconds, FirstMilliseconds * Math.Pow(2, Math.Min(_failures++, 20)));
        return TimeSpan.FromMilliseconds(ceiling * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
