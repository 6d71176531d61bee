using System.Globalization;
using System.Text.Json;

namespace Platform.Caep.Intake;

/// <summary>What we need of librdkafka's statistics.</summary>
/// <param name="AnyBrokerUp">Does any broker answer.</param>
/// <param name="CoordinatorAway">For how long the broker that leads the group has not been there; zero while it is.</param>
/// <param name="Lag">How far behind we are in each partition.</param>
internal sealed record ClientStatistics(bool AnyBrokerUp, TimeSpan CoordinatorAway, IReadOnlyDictionary<int, long> Lag)
{
    public static ClientStatistics Parse(string json, string topic)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var up = root.TryGetProperty("brokers", out var brokers) && brokers.EnumerateObject().Any(broker =>
            broker.Value.TryGetProperty("state", out var state) && state.ValueEquals("UP"));

        var lag = new Dictionary<int, long>();
        if (root.TryGetProperty("topics", out var topics) &&
            topics.TryGetProperty(topic, out var ours) &&
            ours.TryGetProperty("partitions", out var partitions))
        {
            foreach (var partition in partitions.EnumerateObject())
            {
                var number = int.Parse(partition.Name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                if (number >= 0 && partition.Value.TryGetProperty("consumer_lag_stored", out var behind) &&
                    behind.GetInt64() is >= 0 and var messages)
                {
                    lag[number] = messages;
                }
            }
        }

        return new ClientStatistics(up, CoordinatorAwayFor(root), lag);
    }

    private static TimeSpan CoordinatorAwayFor(JsonElement root) =>
        root.TryGetProperty("cgrp", out var group) && !group.GetProperty("state").ValueEquals("up")
            ? TimeSpan.FromMilliseconds(group.GetProperty("stateage").GetInt64())
            : TimeSpan.Zero;
}
