using System.Globalization;
using System.Text;
using Platform.Flows.Model;

namespace Platform.Flows.Drawing;

/// <summary>A flow as text, for a terminal or a bug report.</summary>
internal static class TextDiagram
{
    private const int Width = 100;

    /// <summary>One line.</summary>
    public static string Line(Flow flow) => string.Create(CultureInfo.InvariantCulture,
        $"{flow.StartedAt:HH:mm:ss}  {flow.Outcome.ToString().ToLowerInvariant(),-8}{Step.Show(flow.Duration),9}  {flow.Id}  {flow.Title}{(flow.Refusal is { } refusal ? $" ({refusal.Error})" : "")}");

    /// <summary>Every step.</summary>
    public static string Draw(Flow flow)
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"{flow.Title}: {flow.Outcome.ToString().ToLowerInvariant()}, {flow.StartedAt:yyyy-MM-dd HH:mm:ss}Z, {Step.Show(flow.Duration)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"trace {string.Join(", ", flow.Traces)}");
        text.AppendLine();
        foreach (var step in flow.Steps)
        {
            var answer = step.Status is { } status ? $" -> {status}" : "";
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{step.Number,3}  +{Step.Show(step.Begin),-8}  {step.From} → {step.To}  {step.Label}{answer}  ({Step.Show(step.Duration)})");
            Append(text, "request ", Wording.Message(step.Request));
            Append(text, "response ", Wording.Message(step.Response));
            foreach (var check in step.Checks)
            {
                Append(text, "✓ ", $"{check.Name} ({check.Section})");
            }

            foreach (var line in step.Refusal is { } refusal ? Wording.Note(refusal) : [])
            {
                Append(text, line.StartsWith('✗') ? "" : "  ", line);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string prefix, string content)
    {
        if (content.Length == 0)
        {
            return;
        }

        var isFirst = true;
        foreach (var line in Wording.Wrap(content, Width))
        {
            text.Append(' ', 17).Append(isFirst ? prefix : new string(' ', prefix.Length)).AppendLine(line);
            isFirst = false;
        }
    }
}
