using Platform.Doctor.Reports;

namespace Platform.Tests.Doctor;

/// <summary>What both sides depend on is away.</summary>
[Collection(typeof(DoctorTests))]
public sealed class AbsentServiceTests(DoctorTopology topology)
{
    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    [Fact(Timeout = 240_000)]
    public Task S0_15_Finds_that_Kafka_and_the_consumer_are_away() => WithoutAsync(["caep", "kafka"], async () =>
    {
        var report = await topology.FindsAsync(["kafka", "services"]);
        Assert.Contains(report.Findings, finding => finding is { Check: "topics", Severity: Severity.NotChecked });
        Assert.Contains(report.Findings, finding => finding.Check == "services" && finding.What.Contains("caep", StringComparison.Ordinal));
        await topology.FindsAsync(["consumer"]);
    });

    [Fact(Timeout = 240_000)]
    public Task S0_18_Finds_that_Redis_is_away() => WithoutAsync(["cache"], async () =>
    {
        var report = await topology.FindsAsync(["bff-dependencies", "services"]);
        Assert.Contains("redis-cache", report.Findings.First(finding => finding.Check == "bff-dependencies").What, StringComparison.Ordinal);
    });

    [Fact(Timeout = 240_000)]
    public Task Finds_that_the_IdP_is_away_and_says_what_was_not_checked() => WithoutAsync(["idp"], async () =>
    {
        var report = await topology.FindsAsync(["services"]);
        Assert.Contains(report.Findings, finding => finding is { Check: "idp-metadata", Severity: Severity.NotChecked });
        Assert.Contains(report.Findings, finding => finding is { Check: "redirect-uris", Severity: Severity.NotChecked });
    });

    private async Task WithoutAsync(string[] resources, Func<Task> test)
    {
        var app = topology.Running.App;
        foreach (var resource in resources)
        {
            await app.ResourceCommands.ExecuteCommandAsync(resource, "stop", _cancelled);
            await app.ResourceNotifications.WaitForResourceAsync(resource, KnownResourceStates.TerminalStates, _cancelled);
        }

        try
        {
            await test();
        }
        finally
        {
            foreach (var resource in resources.Reverse())
            {
                await app.ResourceCommands.ExecuteCommandAsync(resource, "start", _cancelled);
                await app.ResourceNotifications.WaitForResourceAsync(resource, KnownResourceStates.Running, _cancelled);
            }
        }

        await topology.ExamineUntilAsync(report => report.ExitCode == 0);
    }
}
