using System.Text.RegularExpressions;
using Platform.Doctor.Checks;
using Platform.Doctor.Evidence;
using Platform.Doctor.Reports;

namespace Platform.Doctor.Tests.Checks;

public sealed partial class AllChecksTests
{
    public static TheoryData<string> Names => [.. AllChecks.InOrder.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Finds_nothing_where_all_matches(string name) => Assert.Empty(Named(name).Run(Good.File).Findings);

    [Theory]
    [MemberData(nameof(Names))]
    public void Says_that_it_was_not_made_where_nobody_answered(string name)
    {
        var findings = Named(name).Run(Silence()).Findings;

        // The rest need no answer: that there is none is what they are about.
        if (name is "clocks")
        {
            Assert.Empty(findings);
        }
        else
        {
            var finding = Assert.Single(findings);
            Assert.Equal(name is "services" ? Severity.Mismatch : Severity.NotChecked, finding.Severity);
            Assert.Equal(name, finding.Check);
        }
    }

    [Fact]
    public void The_page_of_the_doctor_explains_every_check_and_no_other()
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "doctor.md"));
        page = page[page.IndexOf("## The services", StringComparison.Ordinal)..];

        Assert.Equal(
            AllChecks.InOrder.Select(check => check.Name).Order(StringComparer.Ordinal),
            Row().Matches(page).Select(row => row.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_client_that_is_not_registered_is_one_finding_and_not_many()
    {
        var file = Good.File with { Lookup = new Answer<ClientLookup>.Given(new("bff-server", null)) };

        var findings = AllChecks.InOrder.SelectMany(check => check.Run(file).Findings).ToList();

        Assert.Equal("client", Assert.Single(findings, finding => finding.Severity is Severity.Mismatch).Check);
        var other = findings.Single(finding => finding.Check == "redirect-uris");
        Assert.Equal((Severity.NotChecked, "The client bff-server is not registered."), (other.Severity, other.What));
    }

    private static Check Named(string name) => AllChecks.InOrder.Single(check => check.Name == name);

    private static CaseFile Silence() => new(
        Silent<BffView>(), Silent<ProviderView>(), Silent<Metadata>(), Silent<IReadOnlyList<PublishedKey>>(),
        Silent<IReadOnlyList<PublishedKey>>(), Silent<IdpView>(), Silent<ClientLookup>(),
        [new("bff", new("https://portal.example"), "The service bff does not answer.")], []);

    private static Answer<T>.Silent Silent<T>() => new("Nobody answers.", "It does not run.", "Start it.");

    [GeneratedRegex("^\\| `([a-z-]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
