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
              "cgrp": { "state": "up", "stateage": 9000 },
              "topics": { "caep.events": { "partitions": {
                "0": { "consumer_lag_stored": 7 },
                "1": { "consumer_lag_stored": -1 },
                "-1": { "consumer_lag_stored": 9 } } } }
            }
            """,
            "caep.events");

        Assert.True(statistics.AnyBrokerUp);
        Assert.Equal(TimeSpan.Zero, statistics.CoordinatorAway);
        Assert.Equal(new Dictionary<int, long> { [0] = 7 }, statistics.Lag);
    }

    [Fact]
    public void Knows_when_no_broker_answers()
    {
        var statistics = ClientStatistics.Parse("""{ "brokers": { "a": { "state": "CONNECT" } } }""", "caep.events");

        Assert.False(statistics.AnyBrokerUp);
        Assert.Empty(statistics.Lag);
    }

    [Fact]
    public void Knows_for_how_long_the_coordinator_of_the_group_has_been_away()
    {
        var statistics = ClientStatistics.Parse(
            """{ "brokers": { "a": { "state": "UP" } }, "cgrp": { "state": "wait-broker-transport", "stateage": 7500 } }""", "caep.events");

        Assert.Equal(TimeSpan.FromSeconds(7.5), statistics.CoordinatorAway);
    }
}
