using Platform.Flows.Model;

namespace Platform.Flows.Drawing;

/// <summary>What stands at an arrow; the same in the picture and in text.</summary>
internal static class Wording
{
    public static string Label(Row row) => row.IsAnswer ? $"{row.Step.Status} · {Step.Show(row.Step.Duration)}" : row.Step.Label;

    /// <summary>The message in brief: what says something comes first, what is redacted last.</summary>
    public static string Brief(Row row)
    {
        var message = Message((row.IsAnswer ? row.Step.Response : row.Step.Request).Select(Shortened));
        var checks = row.TellsOutcome && row.Step.Checks.Count > 0 ? $"✓ {row.Step.Checks.Count} " + (row.Step.Checks.Count == 1 ? "check" : "checks") : "";
        return string.Join("  ", ((string[])[checks, message]).Where(part => part.Length > 0));
    }

    public static string Message(IEnumerable<Parameter> parameters) => string.Join(' ', parameters
        .OrderBy(parameter => IsRedacted(parameter)).Select(parameter => IsRedacted(parameter) ? $"{parameter.Name}=…" : $"{parameter.Name}={parameter.Value}"));

    public static IEnumerable<string> Note(Refusal refusal)
    {
        yield return $"✗ {refusal.Error}: {refusal.Reason}";
        if (refusal.Advice is { } advice)
        {
            yield return $"Cause: {advice.Cause}";
            yield return $"Fix: {advice.Fix}";
        }
    }

    /// <summary>Lines of at most so many characters, broken between words where there are any.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        while (text.Length > width)
        {
            var end = text.LastIndexOf(' ', width) is > 0 and var space ? space : width;
            yield return text[..end];
            text = text[end..].TrimStart();
        }

        yield return text;
    }

    public static string Cut(string text, int width) => text.Length <= width ? text : text[..Math.Max(1, width - 1)] + "…";

    // Of the type of an event the last part says which; it would be what is cut.
    private static Parameter Shortened(Parameter parameter) =>
        parameter.Name == "event_type" ? parameter with { Value = parameter.Value[(parameter.Value.LastIndexOf('/') + 1)..] } : parameter;

    private static bool IsRedacted(Parameter parameter) => parameter.Value == ServiceDefaults.Telemetry.ProtocolRedaction.Redacted;
}
