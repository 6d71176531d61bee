using Platform.Testing;
using Platform.Tests.Topology;

namespace Platform.Tests.Faults;

public sealed class ConsumerTests
{
    [Fact(Timeout = 120_000)]
    public async Task A_revocation_while_the_consumer_is_away_takes_effect_as_soon_as_it_is_back()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var topology = await RunningTopology.StartAsync();
        using var person = new HttpUserAgent(topology);
        using var page = await person.SignInAsync(User.Ada.Username, User.Ada.Password, cancelled);
        var subject = (await person.SessionAsync(cancelled))!.Value.GetProperty("subject").GetString()!;

        await topology.App.ResourceCommands.ExecuteCommandAsync("caep", "stop", cancelled);
        await topology.App.ResourceNotifications.WaitForResourceAsync("caep", KnownResourceStates.TerminalStates, cancelled);
        await topology.Administrator.RevokeUserAsync(subject, cancelled);
        Assert.NotNull(await person.SessionAsync(cancelled));

        await topology.App.ResourceCommands.ExecuteCommandAsync("caep", "start", cancelled);

        await Eventually.BecomesTrueAsync(async () => await person.SessionAsync(cancelled) is null, cancelled);
    }
}
