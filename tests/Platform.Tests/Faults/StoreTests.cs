namespace Platform.Tests.Faults;

/// <summary>Kafka and Redis end without a warning and come back with what they had.</summary>
[Collection(typeof(FaultTests))]
public sealed class StoreTests(FaultTopology topology)
{
    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Kafka_that_is_killed_during_revocations_loses_none()
    {
        Assert.SkipUnless(FaultTopology.HasApacheKafka, "KAFKA_HOME is not set: the broker in memory forgets everything.");
        await SurvivesAsync("kafka");
    }

    [Fact(Timeout = 120_000)]
    public Task Redis_that_is_killed_during_revocations_loses_none() => SurvivesAsync("cache");

    private async Task SurvivesAsync(string resource)
    {
        var people = await SurvivingSessions.SignInAsync(topology, people: 60, _cancelled);
        await people.RevokeAsync(Enumerable.Range(0, 5), _cancelled);

        var revoking = people.RevokeAsync(Enumerable.Range(5, 40), _cancelled);
        var killed = await topology.Running.KillAsync(resource, _cancelled);
        await topology.Running.IsRestartedAsync(resource, killed, _cancelled);
        await revoking;

        await people.AreRightAsync(_cancelled);
    }
}
