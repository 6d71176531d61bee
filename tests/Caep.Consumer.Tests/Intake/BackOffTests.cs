using Platform.Caep.Intake;

namespace Platform.Caep.Tests.Intake;

public sealed class BackOffTests
{
    [Fact]
    public void Doubles_from_a_tenth_of_a_second_to_half_a_minute_with_jitter()
    {
        var backOff = new BackOff();
        double[] ceilings = [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 30, 30, 30];

        Assert.All(ceilings, ceiling => Assert.InRange(backOff.Next().TotalSeconds, ceiling / 2, ceiling));
    }

    [Fact]
    public void Begins_anew_after_what_went_well_for_longer_than_half_a_minute()
    {
        var backOff = new BackOff();
        Assert.All(Enumerable.Range(0, 10), _ => backOff.Next());

        backOff.ResetAfter(TimeSpan.FromSeconds(30));
        Assert.InRange(backOff.Next().TotalSeconds, 15, 30);

        backOff.ResetAfter(TimeSpan.FromSeconds(31));
        Assert.InRange(backOff.Next().TotalSeconds, 0.05, 0.1);
    }
}
