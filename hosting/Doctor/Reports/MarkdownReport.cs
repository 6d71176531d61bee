using System.Text;

namespace Platform.Doctor.Reports;

/// <summary>The report as Aspire's dashboard shows it.</summary>
public static class MarkdownReport
{
    /// <summary>A table of the checks of each group, and below it what they found.</summary>
    public static string Write(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder().Append("**").Append(Escaped(report.Summary)).Append("**\n");
        foreach (var group in report.Results.GroupBy(result => result.Group))
        {
            text.Append("\n### ").Append(group.Key).Append("\n\n| | check | |\n|---|---|---|\n");
            foreach (var result in group)
            {
                var mark = result.Worst switch { null => "✓", Severity.Mismatch => "✗", _ => "⚠" };
                text.Append($"| {mark} {Words.Of(result.Worst)} | {Escaped(result.Title)} | `{result.Check}` |\n");
            }

            foreach (var finding in group.SelectMany(result => result.Findings))
            {
                text.Append($"\n**{Escaped(finding.What)}**\n\n");
                Append(text, "Cause", finding.Cause);
                Append(text, "Fix", finding.Fix);
                Append(text, "See", finding.Reference);
            }
        }

        return text.Append('\n').AppendJoin('\n', report.Asked.Select(line => $"- {Escaped(line)}")).Append('\n').ToString();
    }

    private static void Append(StringBuilder text, string name, string? words)
    {
        if (words is not null)
        {
            text.Append("- ").Append(name).Append(": ").Append(Escaped(words)).Append('\n');
        }
    }

    // What services say of themselves is text and no markup.
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if ("\\`*_[]<>|#".Contains(character, StringComparison.Ordinal))
            {
                escaped.Append('\\');
            }

            escaped.Append(char.IsControl(character) ? ' ' : character);
        }

        return escaped.ToString();
    }
}
