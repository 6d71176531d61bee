using System.Text.Json;

namespace Platform.Doctor.Reports;

/// <summary>The report for machines; docs/doctor.md says what its members mean.</summary>
internal static class JsonReport
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    public static string Write(Report report)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            json.WriteString("at", report.At);
            json.WriteString("summary", report.Summary);
            json.WriteNumber("exit_code", report.ExitCode);
            json.WriteStartArray("asked");
            foreach (var line in report.Asked)
            {
                json.WriteStringValue(line);
            }

            json.WriteEndArray();
            json.WriteStartArray("checks");
            foreach (var result in report.Results)
            {
                Write(json, result);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter json, CheckResult result)
    {
        json.WriteStartObject();
        json.WriteString("check", result.Check);
        json.WriteString("group", result.Group);
        json.WriteString("title", result.Title);
        json.WriteString("outcome", Words.InJson(result.Worst));
        json.WriteStartArray("findings");
        foreach (var finding in result.Findings)
        {
            json.WriteStartObject();
            json.WriteString("severity", Words.InJson(finding.Severity));
            json.WriteString("what", finding.What);
            json.WriteString("cause", finding.Cause);
            json.WriteString("fix", finding.Fix);
            json.WriteString("reference", finding.Reference);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
