using Platform.Caep.Intake;

namespace Platform.Caep.Tests.Intake;

public sealed class ClientStatisticsTests
{
    [Fact]
    public void Kafka11_reads_whether_a_broker_answers_and_how_far_behind_each_partition_is()
    {
        var statistics = ClientStatistics.Parse(
            """
            {
              "brokers": { "a": { "state": "DOWN" }, "b": { "state": "UP" } },
              "topics": { "caep.events": { "partitions": {
                "0": { "consumer_lag_stored": 7 },
                "1": { "consumer_lag_stored": -1 },
                "-1": { "consumer_lag_stored": 9 } } } }
            }
            """,
            "caep.events");

        Assert.True(statistics.AnyBrokerUp);
        Assert.Equal(new Dictionary<int, long> { [0] = 7 }, statistics.Lag);
    }

    [Fact]
    public void Knows_when_no_broker_answers()
    {
        var statistics = ClientStatistics.Parse("""{ "brokers": { "a": { "state": "CONNECT" } } }""", "caep.events");

        Assert.False(statistics.AnyBrokerUp);
        Assert.Empty(statistics.Lag);
    }
}
