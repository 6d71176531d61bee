using Platform.ServiceDefaults.Limits;
using Platform.Testing;

namespace Platform.ServiceDefaults.Tests.Limits;

public sealed class RequestLimitTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly ManualClock _clock = new();
    private readonly RequestLimit<string> _limit;

    public RequestLimitTests() => _limit = new(permits: 2, Window, _clock);

    [Fact]
    public void As_many_pass_as_may_and_the_next_is_told_how_long_to_wait()
    {
        Assert.Null(_limit.TryPass("ada"));
        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Null(_limit.TryPass("ada"));

        Assert.Equal(TimeSpan.FromSeconds(7), _limit.TryPass("ada"));
    }

    [Fact]
    public void One_does_not_use_up_what_another_may()
    {
        _limit.TryPass("ada");
        _limit.TryPass("ada");
        _limit.TryPass("ada");

        Assert.Null(_limit.TryPass("grace"));
    }

    [Fact]
    public void The_next_window_is_free_again_also_after_a_long_silence()
    {
        Exhaust();
        _clock.Advance(Window);
        Assert.Null(_limit.TryPass("ada"));

        Exhaust();
        _clock.Advance(100 * Window);
        Assert.Null(_limit.TryPass("ada"));
    }

    [Fact]
    public void Many_at_once_are_counted_exactly()
    {
        var limit = new RequestLimit<string>(permits: 100, Window, _clock);
        var passed = 0;

        Parallel.For(0, 1_000, _ => Interlocked.Add(ref passed, limit.TryPass("ada") is null ? 1 : 0));

        Assert.Equal(100, passed);
    }

    private void Exhaust()
    {
        while (_limit.TryPass("ada") is null)
        {
        }
    }
}
