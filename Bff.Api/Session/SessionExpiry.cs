namespace Platform.Bff.Session;

/// <summary>Tells once that a session has expired. It may last a year, and a timer waits for seven weeks at the most.</summary>
internal sealed class SessionExpiry : IAsyncDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    private readonly DateTimeOffset _expiresAt;
    private readonly Action _tell;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;

    public SessionExpiry(DateTimeOffset expiresAt, Action tell, TimeProvider clock)
    {
        (_expiresAt, _tell, _clock) = (expiresAt, tell, clock);
        _timer = clock.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Look();
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Look()
    {
        var left = _expiresAt - _clock.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            _tell();
        }
        else
        {
            _timer.Change(left < LongestWait ? left : LongestWait, Timeout.InfiniteTimeSpan);
        }
    }
}
