namespace Aspire.Hosting.Run;

/// <summary>Waits twice as long after every crash; one that had lived for a while counts as the first.</summary>
internal sealed class Backoff(EngineOptions options)
{
    private static readonly TimeSpan Stable = TimeSpan.FromSeconds(30);
    private TimeSpan _next = options.FirstRestartDelay;

    public TimeSpan Next(TimeSpan lived)
    {
        var delay = lived >= Stable ? options.FirstRestartDelay : _next;
        _next = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, options.LongestRestartDelay.Ticks));
        return delay;
    }
}
