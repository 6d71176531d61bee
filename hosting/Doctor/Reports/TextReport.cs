namespace Platform.Doctor.Reports;

/// <summary>The report for people at a terminal. Colours repeat what the words say.</summary>
internal static class TextReport
{
    private const string Plain = "\e[0m";

    public static string Write(Report report, bool hasColours)
    {
        using var text = new StringWriter { NewLine = "\n" };
        foreach (var line in report.Asked)
        {
            text.WriteLine(line);
        }

        foreach (var group in report.Results.GroupBy(result => result.Group))
        {
            text.WriteLine();
            text.WriteLine(group.Key);
            foreach (var result in group)
            {
                text.WriteLine($"  {Painted(Words.Of(result.Worst).PadRight(12), result.Worst, hasColours)}{result.Title}  [{result.Check}]");
                foreach (var finding in result.Findings)
                {
                    Write(text, finding);
                }
            }
        }

        text.WriteLine();
        text.WriteLine(Painted(report.Summary, report.Findings.Max(finding => (Severity?)finding.Severity), hasColours));
        return text.ToString();
    }

    private static void Write(StringWriter text, Finding finding)
    {
        Write(text, "", finding.What);
        Write(text, "Cause: ", finding.Cause);
        Write(text, "Fix:   ", finding.Fix);
        Write(text, "See:   ", finding.Reference);
    }

    private static void Write(StringWriter text, string name, string? words)
    {
        if (words is not null)
        {
            text.WriteLine($"              {name}{Harmless(words)}");
        }
    }

    // What services say of themselves does not command the terminal.
    private static string Harmless(string words) => string.Create(words.Length, words, (shown, said) =>
    {
        for (var at = 0; at < shown.Length; at++)
        {
            shown[at] = char.IsControl(said[at]) ? ' ' : said[at];
        }
    });

    private static string Painted(string words, Severity? severity, bool hasColours)
    {
        var colour = severity switch
        {
            null => "\e[32m",
            Severity.Mismatch => "\e[31m",
            _ => "\e[33m",
        };
        return hasColours ? $"{colour}{words}{Plain}" : words;
    }
}
