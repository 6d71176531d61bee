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
        Assert.Equal(TimeSpan.Zero, statistics.CoordinatorLost);
        Assert.Equal(new Dictionary<int, long> { [0] = 7 }, statistics.Lag);
    }

    [Fact]
    public void Knows_when_no_broker_answers()
    {
        var statistics = ClientStatistics.Parse("""{ "brokers": { "a": { "state": "CONNECT" } } }""", "caep.events");

        Assert.False(statistics.AnyBrokerUp);
        Assert.Empty(statistics.Lag);
    }

    [Theory]
    [InlineData("wait-broker-transport", "old:9092", 7.5)] // it moved
    [InlineData("wait-broker-transport", "b:9092", 0)] // its broker is away, and may come back
    [InlineData("query-coord", "", 0)] // nobody knows one
    [InlineData("up", "old:9092", 0)]
    public void Knows_for_how_long_the_coordinator_of_the_group_is_not_where_it_was(string state, string coordinator, double seconds)
    {
        var statistics = ClientStatistics.Parse(
            $$"""
            {
              "brokers": {
                "a:9092/bootstrap": { "state": "UP", "nodename": "a:9092" },
                "b:9092/1": { "state": "TRY_CONNECT", "nodename": "b:9092" },
                "GroupCoordinator": { "state": "TRY_CONNECT", "nodename": "{{coordinator}}" } },
              "cgrp": { "state": "{{state}}", "stateage": 7500 }
            }
            """,
            "caep.events");

        Assert.Equal(TimeSpan.FromSeconds(seconds), statistics.CoordinatorLost);
    }
}
