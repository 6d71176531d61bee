using System.Net;
using Platform.Testing;
using Platform.Tests.Topology;

namespace Platform.Tests.Faults;

/// <summary>Somebody, or something, keeps security events from arriving.</summary>
[Collection(typeof(FaultTests))]
public sealed class SuppressionTests(FaultTopology topology)
{
    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Threat24_while_the_consumer_is_dead_a_session_ends_without_any_event()
    {
        using var ada = new HttpUserAgent(topology.Running);
        using var grace = new HttpUserAgent(topology.Running);
        var leaving = await SignInAsync(ada, User.Ada);
        var staying = await SignInAsync(grace, User.Grace);
        await RunAsync(FaultTopology.HastyPortal, "start");
        await topology.Running.App.ResourceNotifications.WaitForResourceHealthyAsync(FaultTopology.HastyPortal, _cancelled);
        using var portal = PortalReplica.Of(topology.Running, FaultTopology.HastyPortal);
        await BecomesAsync("Healthy", portal);

        await RunAsync(FaultTopology.Consumer, "stop");
        await topology.Running.App.ResourceNotifications.WaitForResourceAsync(
            FaultTopology.Consumer, KnownResourceStates.TerminalStates, _cancelled);
        await WithdrawAsync(ada);

        await BecomesAsync("Degraded", portal);
        await Eventually.BecomesTrueAsync(
            async () => await portal.StatusAsync(leaving, _cancelled) is HttpStatusCode.Unauthorized, _cancelled);
        Assert.Equal(HttpStatusCode.OK, await portal.StatusAsync(staying, _cancelled));
        await EndsEverywhereAsync(leaving);

        await RunAsync(FaultTopology.Consumer, "start");
        await BecomesAsync("Healthy", portal);
        Assert.Equal(HttpStatusCode.OK, await portal.StatusAsync(staying, _cancelled));
        await RunAsync(FaultTopology.HastyPortal, "stop");
    }

    // No event tells of it, and no logout token: it is the grant that ends, and not a session at the provider.
    private async Task WithdrawAsync(HttpUserAgent person)
    {
        using var answer = await person.SubmitAsync(
            $"{topology.Running.Issuer}/account", "/account/consents/withdraw", _cancelled, ("client", "bff-server"));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    private async Task<string> SignInAsync(HttpUserAgent person, User user)
    {
        using var page = await person.SignInAsync(user.Username, user.Password, _cancelled);
        return person.Cookies.GetCookies(new Uri(topology.Running.Portal))["__Host-bff"]!.Value;
    }

    private async Task EndsEverywhereAsync(string handle)
    {
        foreach (var replica in await PortalReplica.AllAsync(topology.Running, _cancelled))
        {
            using (replica)
            {
                await Eventually.BecomesTrueAsync(
                    async () => await replica.StatusAsync(handle, _cancelled) is HttpStatusCode.Unauthorized, _cancelled);
            }
        }
    }

    private async Task RunAsync(string resource, string command) =>
        await topology.Running.App.ResourceCommands.ExecuteCommandAsync(resource, command, _cancelled);

    private Task BecomesAsync(string health, PortalReplica portal) =>
        Eventually.BecomesTrueAsync(async () => await portal.HealthAsync(_cancelled) == health, _cancelled);
}
