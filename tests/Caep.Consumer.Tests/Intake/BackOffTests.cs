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
}
