using Platform.Bff.Session;
using Platform.Testing;

namespace Platform.Bff.Tests.Session;

public sealed class SessionExpiryTests
{
    private readonly ManualClock _clock = new();
    private int _told;

    [Theory]
    [InlineData(1)]
    [InlineData(45)]
    [InlineData(365)]
    public async Task Tells_at_the_end_of_the_session_and_once_however_long_it_lasts(int days)
    {
        await using var expiry = new SessionExpiry(_clock.GetUtcNow() + TimeSpan.FromDays(days), () => _told++, _clock);

        _clock.Advance(TimeSpan.FromDays(days) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, _told);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _told);

        _clock.Advance(TimeSpan.FromDays(60));
        Assert.Equal(1, _told);
    }

    [Fact]
    public async Task Tells_at_once_of_a_session_that_is_over()
    {
        await using var expiry = new SessionExpiry(_clock.GetUtcNow(), () => _told++, _clock);

        Assert.Equal(1, _told);
    }
}
