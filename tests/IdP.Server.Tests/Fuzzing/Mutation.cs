using System.Text;

namespace Platform.IdP.Tests.Fuzzing;

internal enum MutationKind
{
    Drop,
    Repeat,
    Replace,
    ReplaceEncoded,
    Append,
    Insert,
    Truncate,
    Swap,
    Rename,
    AsArray,
    Add,
    InsideReplace,
    InsideDrop,
    InsideRepeat,
    AddHeader,
    ContentType,
    WholeBody,
    Path,
    Method,
}

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Part">Which part of it, counted round.</param>
/// <param name="Detail">Which detail of the part, counted round.</param>
internal sealed record Mutation(MutationKind Kind, int Part, int Detail, string Value)
{
    private static readonly string[] HeaderNames =
    [
        "Authorization", "DPoP", "Cookie", "Content-Type", "Origin", "User-Agent", "Accept", "X-Forwarded-Host", "Forwarded", "Range",
        "traceparent", "tracestate", "x-fapi-interaction-id", "Content-Encoding", "If-None-Match", "Sec-Fetch-Site", "X-Forwarded-For",
    ];

    private static readonly string[] ContentTypes =
    [
        "text/plain", "application/json", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded; charset=utf-16", "application/json; charset=utf-7", "application/jwt", "", ";;;", "a/b; c=\"",
        "application/x-www-form-urlencoded; charset=nonsense", "application/json; charset=nonsense",
    ];

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "NONSENSE"];

    public FuzzRequest Apply(FuzzRequest request) => Kind switch
    {
        MutationKind.AddHeader => request.WithHeaders((Any(HeaderNames, Part), Value)),
        MutationKind.ContentType => request with { ContentType = Any(ContentTypes, Detail) },
        MutationKind.WholeBody => request with { Body = new FuzzValue.Json(Value), ContentType = request.ContentType ?? Any(ContentTypes, Detail) },
        MutationKind.Path => request with { Path = request.Path + "/" + Uri.EscapeDataString(Value) },
        MutationKind.Method => request with { Method = Any(Methods, Detail) },
        MutationKind.Add when request.Form.Count > 0 => request.WithForm((Any(Names.Known, Detail), Value)),
        MutationKind.Add => request.WithQuery((Any(Names.Known, Detail), Value)),
        _ when request.Parts == 0 => request.WithQuery((Value, Value)),
        _ => ApplyToPart(request),
    };

    private FuzzRequest ApplyToPart(FuzzRequest request)
    {
        var index = Part % request.Parts;
        if (index < request.Query.Count)
            return request with { Query = Change(request.Query, index) };
        index -= request.Query.Count;
        if (index < request.Headers.Count)
            return request with { Headers = Change(request.Headers, index) };
        index -= request.Headers.Count;
        return index < request.Form.Count
            ? request with { Form = Change(request.Form, index) }
            : request with { Body = Change(new Field("body", request.Body!)).FirstOrDefault()?.Value };
    }

    private System.Collections.Immutable.ImmutableList<Field> Change(System.Collections.Immutable.ImmutableList<Field> fields, int index)
    {
        var field = fields[index];
        return Kind is MutationKind.Swap
            ? fields.SetItem(index, field with { Value = fields[Detail % fields.Count].Value })
            : fields.RemoveAt(index).InsertRange(index, Change(field));
    }

    private IEnumerable<Field> Change(Field field)
    {
        var text = field.Value.Text;
        return Kind switch
        {
            MutationKind.Drop => [],
            MutationKind.Repeat => [field, field with { Value = Detail % 2 == 0 ? field.Value : Value }],
            MutationKind.ReplaceEncoded => [field with { Value = new FuzzValue.Encoded(Value) }],
            MutationKind.Append => [field with { Value = text + Value }],
            MutationKind.Insert => [field with { Value = text.Insert(Detail % (text.Length + 1), Value) }],
            MutationKind.Truncate => [field with { Value = text[..(Detail % (text.Length + 1))] }],
            MutationKind.Rename => [field with { Name = Any(Names.Known, Detail) }],
            MutationKind.AsArray => [field with { Name = field.Name + "[]" }],
            MutationKind.InsideReplace or MutationKind.InsideDrop or MutationKind.InsideRepeat => [field with { Value = ChangeInside(field.Value) }],
            _ => [field with { Value = Value }],
        };
    }

    private FuzzValue ChangeInside(FuzzValue value)
    {
        if (value.Text.StartsWith("Basic ", StringComparison.Ordinal))
            return "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Detail % 2 == 0 ? Value : $"{Value}:{Value}"));
        if (value.Inside.Count == 0)
            return Value;

        var which = Detail % value.Inside.Count;
        var json = value.Inside[which];
        return value.WithInside(which, Kind switch
        {
            MutationKind.InsideDrop => JsonParts.Drop(json, Part + Detail),
            MutationKind.InsideRepeat => JsonParts.Repeat(json, Part + Detail),
            _ => JsonParts.Replace(json, Part + Detail, Values.AsJson(Value, Detail)),
        });
    }

    private static string Any(string[] values, int which) => values[which % values.Length];
}
