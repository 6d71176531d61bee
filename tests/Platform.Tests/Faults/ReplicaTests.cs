using System.Diagnostics;
using Platform.Tests.Topology;

namespace Platform.Tests.Faults;

public sealed class ReplicaTests
{
    [Fact(Timeout = 120_000)]
    public async Task Killing_one_bff_replica_changes_nothing_for_who_is_signed_in()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var topology = await RunningTopology.StartAsync();
        using var person = new HttpUserAgent(topology);
        using var page = await person.SignInAsync(User.Ada.Username, User.Ada.Password, cancelled);
        Assert.NotNull(await person.SessionAsync(cancelled));

        using var replica = Process.GetProcessById(await topology.ProcessIdOfAsync("bff", cancelled));
        replica.Kill();
        await replica.WaitForExitAsync(cancelled);

        for (var call = 0; call < 20; call++)
        {
            Assert.NotNull(await person.SessionAsync(cancelled));
            using var contacts = await person.CallAsync(HttpMethod.Get, "/api/contacts", cancelled);
            Assert.True(contacts.IsSuccessStatusCode);
        }
    }
}
