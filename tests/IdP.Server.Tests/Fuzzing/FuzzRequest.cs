using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Platform.IdP.Tests.Fuzzing;

/// <summary>A request in its parts, each of which can be changed; written to the wire as it is, right or wrong.</summary>
internal sealed record FuzzRequest(string Method, string Path)
{
    public const string FormType = "application/x-www-form-urlencoded";
    public const string JsonType = "application/json";

    public ImmutableList<Field> Query { get; init; } = [];

    public ImmutableList<Field> Headers { get; init; } = [];

    public ImmutableList<Field> Form { get; init; } = [];

    /// <summary>What stands in the body in place of a form.</summary>
    public FuzzValue? Body { get; init; }

    public string? ContentType { get; init; }

    public FuzzRequest WithQuery(params (string Name, FuzzValue Value)[] fields) => this with { Query = Query.AddRange(Fields(fields)) };

    public FuzzRequest WithHeaders(params (string Name, FuzzValue Value)[] fields) => this with { Headers = Headers.AddRange(Fields(fields)) };

    public FuzzRequest WithForm(params (string Name, FuzzValue Value)[] fields) =>
        this with { Form = Form.AddRange(Fields(fields)), ContentType = FormType };

    public FuzzRequest WithJson(string json) => this with { Body = new FuzzValue.Json(json), ContentType = JsonType };

    /// <summary>All that has a name and a value, or is a body.</summary>
    public int Parts => Query.Count + Headers.Count + Form.Count + (Body is null ? 0 : 1);

    public byte[] ToBytes()
    {
        var body = Encoding.UTF8.GetBytes(Body?.Text ?? Encoded(Form));
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"{OneWord(Method)} {OneWord(Path)}");
        head.Append(Query.Count == 0 ? "" : "?" + OneWord(Encoded(Query))).Append(" HTTP/1.1\r\nHost: idp.test\r\n");
        if (ContentType is not null)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: {OneLine(ContentType)}\r\n");
        }

        foreach (var (name, value) in Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {OneLine(value.Text)}\r\n");
        }

        if (ContentType is not null || body.Length > 0)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        }

        return [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. body];
    }

    /// <summary>For the report of a failure.</summary>
    public override string ToString()
    {
        var text = Encoding.UTF8.GetString(ToBytes());
        return text.Length <= 3000 ? text : $"{text[..3000]}… ({text.Length} characters)";
    }

    private static IEnumerable<Field> Fields((string Name, FuzzValue Value)[] fields) =>
        fields.Select(field => new Field(field.Name, field.Value));

    private static string Encoded(IEnumerable<Field> fields) => string.Join('&', fields.Select(field =>
        $"{Uri.EscapeDataString(field.Name)}={(field.Value is FuzzValue.Encoded raw ? raw.Text : Uri.EscapeDataString(field.Value.Text))}"));

    // The end of a line would only make other headers of the rest, and what follows another request.
    private static string OneLine(string text) => text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);

    private static string OneWord(string text) => OneLine(text).Replace(" ", "%20", StringComparison.Ordinal);
}

internal sealed record Field(string Name, FuzzValue Value);
