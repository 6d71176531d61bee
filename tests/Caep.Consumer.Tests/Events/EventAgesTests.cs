using Microsoft.Extensions.Options;
using Platform.Caep.Events;
using Platform.Testing;

namespace Platform.Caep.Tests.Events;

public sealed class EventAgesTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void Threat24_events_that_were_held_back_raise_the_alarm_until_one_comes_in_time()
    {
        var ages = new EventAges(Options.Create(new SignalsOptions { LongestEventAge = TimeSpan.FromSeconds(30) }), _clock);
        Assert.Null(ages.PastObjective);

        ages.Done(_clock.GetUtcNow() - TimeSpan.FromSeconds(30));
        Assert.Null(ages.PastObjective);

        ages.Done(_clock.GetUtcNow() - TimeSpan.FromSeconds(31));
        Assert.Equal(TimeSpan.FromSeconds(31), ages.PastObjective);

        ages.Done(_clock.GetUtcNow());
        Assert.Null(ages.PastObjective);
    }

    [Fact]
    public void Threat24_the_alarm_ends_when_nothing_late_has_come_for_half_a_minute()
    {
        var ages = new EventAges(Options.Create(new SignalsOptions()), _clock);
        ages.Done(_clock.GetUtcNow() - TimeSpan.FromHours(1));

        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.NotNull(ages.PastObjective);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(ages.PastObjective);
    }
}
