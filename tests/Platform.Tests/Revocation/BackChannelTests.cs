using Platform.Testing;
using Platform.Tests.Topology;

namespace Platform.Tests.Revocation;

/// <summary>The other way of a revocation to the portal, beside Kafka: OpenID Connect Back-Channel Logout 1.0.</summary>
public sealed class BackChannelTests
{
    [Fact(Timeout = 180_000)]
    public async Task Ends_the_session_on_every_replica_while_the_consumer_is_away()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var topology = await RunningTopology.StartAsync();
        using var person = new HttpUserAgent(topology);
        using var page = await person.SignInAsync(User.Ada.Username, User.Ada.Password, cancelled);
        using var other = new HttpUserAgent(topology);
        using var otherPage = await other.SignInAsync(User.Grace.Username, User.Grace.Password, cancelled);
        var subject = (await person.SessionAsync(cancelled))!.Value.GetProperty("subject").GetString()!;
        await topology.App.ResourceCommands.ExecuteCommandAsync("caep", "stop", cancelled);
        await topology.App.ResourceNotifications.WaitForResourceAsync("caep", KnownResourceStates.TerminalStates, cancelled);

        await topology.Administrator.RevokeUserAsync(subject, cancelled);

        // Each call has a connection of its own, which goes to the replicas in turn.
        await Eventually.BecomesTrueAsync(async () => await person.SessionAsync(cancelled) is null, cancelled);
        await Eventually.BecomesTrueAsync(async () => await person.SessionAsync(cancelled) is null, cancelled);
        Assert.NotNull(await other.SessionAsync(cancelled));
    }
}
