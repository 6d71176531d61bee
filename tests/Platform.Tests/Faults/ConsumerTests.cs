
namespace Platform.Tests.Faults;

[Collection(typeof(FaultTests))]
public sealed class ConsumerTests(FaultTopology topology)
{
    private const int Kills = 20;
    private const int RevokedPerKill = 4;

    // A consumer lives no longer than this: it dies while it starts, joins the group, or applies what waits for it.
    private const int LongestLife = 2500;

    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_consumer_that_is_killed_at_twenty_random_points_loses_no_revocation()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var people = await SurvivingSessions.SignInAsync(topology, people: (Kills * RevokedPerKill) + 20, _cancelled);

        for (var kill = 0; kill < Kills; kill++)
        {
            var revoking = people.RevokeAsync(Enumerable.Range(kill * RevokedPerKill, RevokedPerKill), _cancelled);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(LongestLife)), TimeProvider.System, _cancelled);
            var killed = await topology.Running.KillAsync(FaultTopology.Consumer, _cancelled);
            await revoking;
            await topology.Running.IsRestartedAsync(FaultTopology.Consumer, killed, _cancelled);
        }

        await people.AreRightAsync(_cancelled);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_second_consumer_that_joins_and_leaves_during_load_loses_no_revocation()
    {
        var people = await SurvivingSessions.SignInAsync(topology, people: 60, _cancelled);
        var app = topology.Running.App;

        var revoking = people.RevokeAsync(Enumerable.Range(0, 40), _cancelled);
        await app.ResourceCommands.ExecuteCommandAsync(FaultTopology.SecondConsumer, "start", _cancelled);
        await app.ResourceNotifications.WaitForResourceHealthyAsync(FaultTopology.SecondConsumer, _cancelled);
        await people.RevokeAsync(Enumerable.Range(40, 5), _cancelled);
        var leaving = people.RevokeAsync(Enumerable.Range(45, 5), _cancelled);
        await app.ResourceCommands.ExecuteCommandAsync(FaultTopology.SecondConsumer, "stop", _cancelled);
        await Task.WhenAll(revoking, leaving);

        await people.AreRightAsync(_cancelled);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_revocation_while_the_consumer_is_away_takes_effect_as_soon_as_it_is_back()
    {
        var people = await SurvivingSessions.SignInAsync(topology, people: 4, _cancelled);
        var app = topology.Running.App;

        await app.ResourceCommands.ExecuteCommandAsync(FaultTopology.Consumer, "stop", _cancelled);
        await app.ResourceNotifications.WaitForResourceAsync(FaultTopology.Consumer, KnownResourceStates.TerminalStates, _cancelled);
        await people.RevokeAsync([0, 1], _cancelled);
        await app.ResourceCommands.ExecuteCommandAsync(FaultTopology.Consumer, "start", _cancelled);

        await people.AreRightAsync(_cancelled);
    }
}
