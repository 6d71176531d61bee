using Platform.Testing;

namespace Platform.Tests.Faults;

/// <summary>The consumer polls the provider (RFC 8936), beside Kafka.</summary>
[Collection(typeof(FaultTests))]
public sealed class PollingTests(FaultTopology topology)
{
    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task X9_a_revocation_reaches_the_sessions_by_poll_while_Kafka_is_away()
    {
        var app = topology.Running.App;
        var people = await SurvivingSessions.SignInAsync(topology, people: 3, _cancelled);
        await app.ResourceCommands.ExecuteCommandAsync(FaultTopology.PollingConsumer, "start", _cancelled);
        await HasTakenAsync(1); // the verification of the stream, which the consumer made itself

        await app.ResourceCommands.ExecuteCommandAsync("kafka", "stop", _cancelled);
        await app.ResourceNotifications.WaitForResourceAsync("kafka", KnownResourceStates.TerminalStates, _cancelled);
        await people.RevokeAsync(0, _cancelled);
        await people.RevokeFirstAsync(1, _cancelled);
        await people.AreRightAsync(_cancelled);
        await HasTakenAsync(3);

        await app.ResourceCommands.ExecuteCommandAsync("kafka", "start", _cancelled);
        await app.ResourceNotifications.WaitForResourceHealthyAsync(FaultTopology.PollingConsumer, _cancelled);
        await app.ResourceCommands.ExecuteCommandAsync(FaultTopology.PollingConsumer, "stop", _cancelled);
        await app.ResourceNotifications.WaitForResourceHealthyAsync(FaultTopology.Consumer, _cancelled);
        await people.AreRightAsync(_cancelled);
    }

    // Nothing is refused either: there are no dead letters.
    private Task HasTakenAsync(int events) => Eventually.BecomesTrueAsync(
        async () => await topology.Running.Administrator.FindStreamAsync(FaultTopology.PollingConsumer, _cancelled) is { } stream &&
            stream.GetProperty("delivered").GetInt32() >= events && stream.GetProperty("dead_letters").GetInt32() == 0,
        _cancelled);
}
