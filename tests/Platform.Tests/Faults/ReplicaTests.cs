using Platform.Tests.Topology;

namespace Platform.Tests.Faults;

[Collection(typeof(FaultTests))]
public sealed class ReplicaTests(FaultTopology topology)
{
    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Killing_one_bff_replica_changes_nothing_for_who_is_signed_in()
    {
        using var person = new HttpUserAgent(topology.Running);
        using var page = await person.SignInAsync(User.Ada.Username, User.Ada.Password, _cancelled);
        Assert.NotNull(await person.SessionAsync(_cancelled));

        await topology.Running.KillAsync("bff", _cancelled);

        for (var call = 0; call < 20; call++)
        {
            Assert.NotNull(await person.SessionAsync(_cancelled));
            using var contacts = await person.CallAsync(HttpMethod.Get, "/api/contacts", _cancelled);
            Assert.True(contacts.IsSuccessStatusCode);
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task A_replica_that_was_killed_during_revocations_knows_all_of_them_when_it_is_back()
    {
        var people = await SurvivingSessions.SignInAsync(topology, people: 20, _cancelled);

        var revoking = people.RevokeAsync(Enumerable.Range(0, 10), _cancelled);
        var killed = await topology.Running.KillAsync("bff", _cancelled);
        await revoking;
        await topology.Running.IsRestartedAsync("bff", killed, _cancelled);

        await people.AreRightAsync(_cancelled);
    }
}
