namespace Platform.Tests.Faults;

[Collection(typeof(FaultTests))]
public sealed class ProviderTests(FaultTopology topology)
{
    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_provider_that_is_killed_between_a_change_and_its_publication_publishes_when_it_is_back()
    {
        var people = await SurvivingSessions.SignInAsync(topology, people: 10, _cancelled);
        var running = topology.Running;

        // Nothing can be published: what has been said yes to is in the outbox alone.
        await running.App.ResourceCommands.ExecuteCommandAsync("kafka", "stop", _cancelled);
        await running.App.ResourceNotifications.WaitForResourceAsync("kafka", KnownResourceStates.TerminalStates, _cancelled);
        await people.RevokeAsync([0, 1, 2, 3, 4], _cancelled);
        var killed = await running.KillAsync("idp", _cancelled);
        await running.IsRestartedAsync("idp", killed, _cancelled);
        await running.App.ResourceCommands.ExecuteCommandAsync("kafka", "start", _cancelled);

        await people.AreRightAsync(_cancelled);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_provider_that_is_killed_while_it_publishes_loses_none_that_it_said_yes_to()
    {
        var people = await SurvivingSessions.SignInAsync(topology, people: 40, _cancelled);

        var revoking = people.RevokeAsync(Enumerable.Range(0, 30), _cancelled);
        var killed = await topology.Running.KillAsync("idp", _cancelled);
        await topology.Running.IsRestartedAsync("idp", killed, _cancelled);
        await revoking;

        await people.AreRightAsync(_cancelled);
    }
}
