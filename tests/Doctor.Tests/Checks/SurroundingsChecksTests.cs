using Platform.Doctor.Checks;
using Platform.Doctor.Evidence;
using Platform.Doctor.Reports;

namespace Platform.Doctor.Tests.Checks;

public sealed class SurroundingsChecksTests
{
    [Theory]
    [InlineData(31, true)]
    [InlineData(30, false)]
    [InlineData(-31, true)]
    public void Clocks_that_are_more_than_30_seconds_apart(int seconds, bool isFound)
    {
        ClockReading[] clocks = [new("The BFF", TimeSpan.FromMinutes(5)), new("The IdP", TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(seconds))];

        Assert.Equal(isFound, SurroundingsChecks.Clocks(clocks).Any());
    }

    [Fact]
    public void One_clock_differs_from_nobody() => Assert.Empty(SurroundingsChecks.Clocks([new("The BFF", TimeSpan.FromHours(1))]));

    [Theory]
    [InlineData("Unhealthy")]
    [InlineData("Degraded")]
    public void S0_18_Redis_that_does_not_answer(string status)
    {
        DependencyView[] checks = [new("self", "Healthy", null), new("redis-cache", status, "Redis does not answer")];

        var bff = Assert.Single(SurroundingsChecks.BffDependencies(Good.Bff with { Checks = checks }));
        var idp = Assert.Single(SurroundingsChecks.IdpDependencies(Good.Idp with { Checks = checks }));

        Assert.Contains("Redis does not answer", bff.What, StringComparison.Ordinal);
        Assert.Contains("pkce:{state}", bff.Cause, StringComparison.Ordinal);
        Assert.Contains("REDIS_URL", idp.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_a_check_of_its_own_is_told_once() => Assert.Empty(SurroundingsChecks.BffDependencies(
        Good.Bff with { Checks = [new("security-events", "Degraded", null), new("registration", "Degraded", null)] }));

    [Fact]
    public void S0_15_Kafka_that_does_not_answer_and_then_nobody_knows_its_topics()
    {
        var idp = Good.Idp with { Kafka = new("localhost:9092", "Connection refused", []) };

        var kafka = Assert.Single(SurroundingsChecks.Kafka(idp));
        var topics = Assert.Single(SurroundingsChecks.Topics(idp));

        Assert.Contains("localhost:9092: Connection refused", kafka.What, StringComparison.Ordinal);
        Assert.Contains("Unable to bootstrap from ('localhost', 9092)", kafka.Cause, StringComparison.Ordinal);
        Assert.Contains("KAFKA_BOOTSTRAP_SERVERS", kafka.Fix, StringComparison.Ordinal);
        Assert.Equal(Severity.NotChecked, topics.Severity);
    }

    [Theory]
    [InlineData("caep.events", "caep.events.dlt")]
    [InlineData("caep.events.dlt", "caep.events")]
    public void A_topic_that_is_not_there(string present, string missing) => Assert.Contains(
        $"no topic {missing}.",
        Assert.Single(SurroundingsChecks.Topics(Good.Idp with { Kafka = new("kafka:9092", null, [new(present, 6)]) })).What,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(true, false, null, Severity.Mismatch)]
    [InlineData(true, true, 90, Severity.Mismatch)]
    [InlineData(false, false, 31, Severity.Mismatch)]
    [InlineData(false, false, null, Severity.Note)]
    [InlineData(true, false, 30, null)]
    [InlineData(true, false, -10, null)]
    public void S0_20_A_consumer_that_says_nothing(bool required, bool silent, int? secondsAgo, Severity? expected)
    {
        var last = secondsAgo is { } seconds ? Good.Now.AddSeconds(-seconds) : (DateTimeOffset?)null;

        var findings = SurroundingsChecks.Consumer(Good.Bff with { Events = new(required, silent, last) });

        Assert.Equal(expected, findings.Select(finding => (Severity?)finding.Severity).SingleOrDefault());
    }

    [Fact]
    public void A_service_that_is_not_well() => Assert.Contains(
        "503", Assert.Single(SurroundingsChecks.Services([new("caep", new("http://caep.example"), "The service caep answered 503."),
            new("spa", new("http://spa.example"), null)])).What, StringComparison.Ordinal);
}
