using System.Globalization;
using System.Text.Json;
using System.Xml;
using Platform.ServiceDefaults.Telemetry;

namespace Platform.Flows.Telemetry;

/// <summary>
/// Reads OTLP in its JSON form (opentelemetry-proto, <c>TracesData</c>). What is not as it should be is left out, and the
/// rest is read: one odd span hides no other.
/// </summary>
internal static class OtlpReader
{
    private const int MostAttributes = 128;
    private const int LongestText = 1000;

    /// <summary>The spans of one document; none when it is no OTLP at all.</summary>
    public static IReadOnlyList<Span> Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return root.ValueKind is JsonValueKind.Object
                ? [.. Spans(root.TryGetProperty("data", out var data) ? data : root)]
                : [];
        }
        // The latter for text that is no UTF-16.
        catch (Exception odd) when (odd is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    private static IEnumerable<Span> Spans(JsonElement traces) =>
        from resource in Items(traces, "resourceSpans")
        let about = Attributes(Member(resource, "resource"), keepAll: true)
        from scope in Items(resource, "scopeSpans")
        from span in Items(scope, "spans")
        let read = ReadSpan(span, about)
        where read is not null
        select read;

    private static Span? ReadSpan(JsonElement span, Dictionary<string, string> about) =>
        Id(span, "traceId", 32) is { } trace && Id(span, "spanId", 16) is { } id &&
        Time(span, "startTimeUnixNano") is { } start && Time(span, "endTimeUnixNano") is { } end
            ? new Span(trace, id, Id(span, "parentSpanId", 16), Text(span, "name") ?? "", Kind(span), start, Math.Max(start, end))
            {
                Service = about.GetValueOrDefault(Names.Service) ?? "unknown",
                Instance = about.GetValueOrDefault(Names.Instance),
                IsError = Member(span, "status") is { } status && Member(status, "code") is { } code && code.ToString() is "2" or "STATUS_CODE_ERROR",
                Attributes = Attributes(span, keepAll: false),
                Checks = [.. Items(span, "events").Where(IsCheck).Select(ReadCheck)],
                Links = [.. Items(span, "links").Select(ReadLink).OfType<SpanLink>()],
            }
            : null;

    private static bool IsCheck(JsonElement happened) => Text(happened, "name") == ProtocolAttributes.CheckEvent;

    private static PassedCheck ReadCheck(JsonElement happened)
    {
        var about = Attributes(happened, keepAll: true);
        return new(about.GetValueOrDefault(ProtocolAttributes.CheckName) ?? "", about.GetValueOrDefault(ProtocolAttributes.CheckSection) ?? "");
    }

    private static SpanLink? ReadLink(JsonElement link) =>
        Id(link, "traceId", 32) is { } trace && Id(link, "spanId", 16) is { } span ? new(trace, span) : null;

    private static Dictionary<string, string> Attributes(JsonElement? owner, bool keepAll)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in owner is { } there ? Items(there, "attributes") : default)
        {
            if (read.Count < MostAttributes && Text(attribute, "key") is { } key && (keepAll || Names.IsKept(key)) &&
                Member(attribute, "value") is { ValueKind: JsonValueKind.Object } value &&
                value.EnumerateObject().FirstOrDefault() is
                {
                    Value.ValueKind: JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
                } one)
            {
                read[key] = Cut(one.Value.ToString());
            }
        }

        return read;
    }

    private static SpanKind Kind(JsonElement span) =>
        Member(span, "kind") is { ValueKind: JsonValueKind.Number } kind && kind.TryGetInt32(out var number) && Enum.IsDefined((SpanKind)number)
            ? (SpanKind)number
            : SpanKind.Unspecified;

    // fixed64: a string in JSON, though some write a number.
    private static long? Time(JsonElement span, string name) =>
        Member(span, name) is { } time && long.TryParse(time.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var nanoseconds)
            ? nanoseconds
            : null;

    private static string? Id(JsonElement owner, string name, int length) =>
        Text(owner, name) is { } id && id.Length == length && id.All(char.IsAsciiHexDigit) ? id.ToLowerInvariant() : null;

    private static string? Text(JsonElement owner, string name) =>
        Member(owner, name) is { ValueKind: JsonValueKind.String } text ? Cut(text.GetString()!) : null;

    // Only what XML and a terminal can show: half a surrogate pair or an escape sequence would break a picture or a screen.
    private static string Cut(string text) => string.Create(Math.Min(text.Length, LongestText), text, (shown, all) =>
    {
        for (var index = 0; index < shown.Length; index++)
        {
            shown[index] = char.IsControl(all[index]) || !XmlConvert.IsXmlChar(all[index]) ? '\uFFFD' : all[index];
        }
    });

    private static JsonElement? Member(JsonElement? owner, string name) =>
        owner is { ValueKind: JsonValueKind.Object } there && there.TryGetProperty(name, out var member) ? member : null;

    private static JsonElement.ArrayEnumerator Items(JsonElement owner, string name) =>
        Member(owner, name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : default;
}
