using Platform.Doctor.Reports;

namespace Platform.Tests.Doctor;

/// <summary>Mismatches in the settings of a BFF.</summary>
[Collection(typeof(DoctorTests))]
public sealed class ConfiguredMismatchTests(DoctorTopology topology)
{
    [Fact(Timeout = 120_000)]
    public async Task Finds_what_a_BFF_switched_off_asks_for_too_much_and_where_it_is_not_known()
    {
        await StartAsync(DoctorTopology.OddPortal);

        var report = await topology.FindsAsync(
            [
                "redirect-uris", "post-logout-redirect-uris", "backchannel-logout-uri", "client-keys", "jwks-uri", "scopes", "scopes-offered",
                "pushed-requests", "pkce", "sender-constraint", "registration", "policy",
            ],
            DoctorTopology.OddPortal);

        Assert.Contains("differs by the port", What(report, "redirect-uris"), StringComparison.Ordinal);
        Assert.Contains("'calendar.read'", What(report, "scopes"), StringComparison.Ordinal);
        Assert.Contains("invalid_token", What(report, "registration"), StringComparison.Ordinal);
        Assert.Contains("does not allow the scopes calendar.read", What(report, "policy"), StringComparison.Ordinal);
        await StopAsync(DoctorTopology.OddPortal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Finds_an_issuer_that_is_spelt_otherwise_and_a_profile_that_there_is_not()
    {
        await StartAsync(DoctorTopology.MisspeltPortal);

        var report = await topology.FindsAsync(["issuer", "metadata", "policy"], DoctorTopology.MisspeltPortal);

        Assert.Contains("differs by upper and lower case", What(report, "issuer"), StringComparison.Ordinal);
        Assert.Contains("has no profile 'nobodys'", What(report, "policy"), StringComparison.Ordinal);
        await StopAsync(DoctorTopology.MisspeltPortal);
    }

    private static string What(Report report, string check) => report.Findings.First(finding => finding.Check == check).What;

    private async Task StartAsync(string portal)
    {
        await ExecuteAsync(portal, "start");
        await topology.Running.App.ResourceNotifications.WaitForResourceHealthyAsync(portal, TestContext.Current.CancellationToken);
    }

    private Task StopAsync(string portal) => ExecuteAsync(portal, "stop");

    private async Task ExecuteAsync(string portal, string command) => Assert.True(
        (await topology.Running.App.ResourceCommands.ExecuteCommandAsync(portal, command, TestContext.Current.CancellationToken)).Success);
}
