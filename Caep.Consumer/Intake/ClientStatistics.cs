using System.Globalization;
using System.Text.Json;

namespace Platform.Caep.Intake;

/// <summary>What we need of librdkafka's statistics.</summary>
/// <param name="AnyBrokerUp">Does any broker answer.</param>
/// <param name="CoordinatorLost">
/// For how long the group's coordinator has been looked for where no broker is known to be; zero while it is there, or away
/// like any broker.
/// </param>
/// <param name="Lag">How far behind we are in each partition.</param>
internal sealed record ClientStatistics(bool AnyBrokerUp, TimeSpan CoordinatorLost, IReadOnlyDictionary<int, long> Lag)
{
    private const string Coordinator = "GroupCoordinator";
    private const string Address = "nodename";

    public static ClientStatistics Parse(string json, string topic)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var coordinatorLost = root.TryGetProperty("cgrp", out var group) && !group.GetProperty("state").ValueEquals("up") && !KnowsCoordinator(root)
            ? TimeSpan.FromMilliseconds(group.GetProperty("stateage").GetInt64())
            : TimeSpan.Zero;
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

        return new ClientStatistics(up, coordinatorLost, lag);
    }

    // The coordinator is listed beside the brokers, with the address that it had when it was found.
    private static bool KnowsCoordinator(JsonElement root)
    {
        if (!root.TryGetProperty("brokers", out var brokers) || !brokers.TryGetProperty(Coordinator, out var coordinator) ||
            coordinator.GetProperty(Address).GetString() is not { Length: > 0 } address)
        {
            return true; // it is being looked for
        }

        return brokers.EnumerateObject().Any(broker => broker.Name != Coordinator && broker.Value.GetProperty(Address).ValueEquals(address));
    }
}
