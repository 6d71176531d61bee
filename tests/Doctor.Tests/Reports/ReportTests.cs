using System.Text.Json;
using Platform.Doctor.Reports;

namespace Platform.Doctor.Tests.Reports;

public sealed class ReportTests
{
    private static readonly Finding Mismatch = new(Severity.Mismatch, "scopes", "A <b>scope</b> | is missing.", "A cause.", "A fix.", "RFC 6749");
    private static readonly Finding Unknown = new(Severity.NotChecked, "idp", "Nobody answers.", "It is away.", "Start it.");
    private static readonly Finding Note = new(Severity.Note, "jwks-uri", "Keys by hand.", "A rotation.", "A jwks_uri.");

    [Fact]
    public void The_exit_code_is_0_when_all_is_well_1_for_a_mismatch_and_2_for_what_nobody_knows()
    {
        Assert.Equal(0, Of().ExitCode);
        Assert.Equal(0, Of(Note).ExitCode);
        Assert.Equal(1, Of(Mismatch, Note).ExitCode);
        Assert.Equal(1, Of(Mismatch, Unknown).ExitCode);
        Assert.Equal(2, Of(Unknown, Note).ExitCode);
    }

    [Fact]
    public void The_text_says_in_words_what_colours_repeat()
    {
        var plain = TextReport.Write(Of(Mismatch, Unknown, Note), hasColours: false);
        var coloured = TextReport.Write(Of(Mismatch), hasColours: true);

        Assert.DoesNotContain("\e", plain, StringComparison.Ordinal);
        foreach (var part in (string[])["MISMATCH", "not checked", "note", "Cause: A cause.", "Fix:   A fix.", "See:   RFC 6749", "[scopes]"])
        {
            Assert.Contains(part, plain, StringComparison.Ordinal);
        }

        Assert.Contains("\e[31mMISMATCH", coloured, StringComparison.Ordinal);
        Assert.Contains("\e[32mok", TextReport.Write(Of(), hasColours: true), StringComparison.Ordinal);
    }

    [Fact]
    public void In_text_what_services_say_does_not_command_the_terminal()
    {
        var text = TextReport.Write(Of(Mismatch with { What = "A scope\e]0;title\a\r\nis missing." }), hasColours: false);

        Assert.Contains("A scope ]0;title   is missing.", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, letter => char.IsControl(letter) && letter is not '\n');
    }

    [Fact]
    public void The_JSON_has_every_check_with_its_outcome_and_its_findings()
    {
        using var json = JsonDocument.Parse(JsonReport.Write(Of(Mismatch)));

        Assert.Equal(1, json.RootElement.GetProperty("exit_code").GetInt32());
        Assert.Equal(Good.Now, json.RootElement.GetProperty("at").GetDateTimeOffset());
        var checks = json.RootElement.GetProperty("checks").EnumerateArray().ToList();
        Assert.Equal(["ok", "mismatch"], checks.Select(check => check.GetProperty("outcome").GetString()));
        var finding = checks[1].GetProperty("findings")[0];
        Assert.Equal("A fix.", finding.GetProperty("fix").GetString());
        Assert.Equal("RFC 6749", finding.GetProperty("reference").GetString());
    }

    [Fact]
    public void In_Markdown_what_services_say_is_text_and_no_markup()
    {
        var markdown = MarkdownReport.Write(Of(Mismatch));

        Assert.Contains("❌ MISMATCH", markdown, StringComparison.Ordinal);
        Assert.Contains(@"A \<b\>scope\</b\> \| is missing.", markdown, StringComparison.Ordinal);
        Assert.StartsWith("**1 of 2 checks found a mismatch, 0 could not be made.**", markdown, StringComparison.Ordinal);
    }

    private static Report Of(params Finding[] findings) => new(
        Good.Now, ["BFF: https://portal.example"],
        [
            new CheckResult("client", "A group", "All is well here", []),
            .. findings.Select(finding => new CheckResult(finding.Check, "Another group", "A title", [finding])),
        ]);
}
