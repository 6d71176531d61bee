using System.Text.Json;
using Microsoft.Extensions.Primitives;

namespace Platform.IdP.Protocol;

/// <summary>
/// The parameters of an OAuth request, each there once (RFC 6749 section 3.1), but for those that may be repeated.
/// </summary>
internal sealed class RequestParameters
{
    private const int LongestValue = 16 * 1024;

    // RFC 8707 section 2, RFC 8693 section 2.1
    private static readonly string[] Repeatable = ["resource", "audience"];

    private readonly Dictionary<string, StringValues> _values;

    private RequestParameters(Dictionary<string, StringValues> values) => _values = values;

    /// <summary>The value, or null when it is absent; a parameter without a value counts as absent.</summary>
    public string? this[string name] => _values.TryGetValue(name, out var value) ? value[0] : null;

    /// <summary>All values of a parameter that may be repeated.</summary>
    public IReadOnlyList<string> All(string name) => _values.TryGetValue(name, out var values) ? [.. values.OfType<string>()] : [];

    public static ParametersCheck FromQuery(HttpRequest request)
    {
        ProtocolSpan.Request(request.Query);
        return Read(request.Query);
    }

    public static async Task<ParametersCheck> FromFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!HasForm(request))
        {
            return new ParametersCheck.Refused("the body must be application/x-www-form-urlencoded");
        }

        // Whether it can be read has been found out before (ReadableForms).
        var form = await request.ReadFormAsync(cancellationToken);
        ProtocolSpan.Request(form);
        return Read(form);
    }

    /// <summary>
    /// The claims of a request object as the parameters that they stand for (RFC 9101 section 4): numbers, objects and
    /// arrays are JSON values there, texts in a form.
    /// </summary>
    public static ParametersCheck FromClaims(JsonElement claims) => Read(claims.EnumerateObject().Select(claim =>
        KeyValuePair.Create(claim.Name, ToValues(claim))));

    private static StringValues ToValues(JsonProperty claim) => claim.Value.ValueKind switch
    {
        JsonValueKind.String => claim.Value.GetString(),
        JsonValueKind.Null => StringValues.Empty,
        JsonValueKind.Array when Repeatable.Contains(claim.Name) && ReceivedJson.Texts(claim.Value) is { } texts =>
            new StringValues([.. texts]),
        _ => claim.Value.GetRawText(),
    };

    /// <summary>The fields of a page's own form, or null when there are none to be read.</summary>
    public static async Task<RequestParameters?> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken) =>
        (await FromFormAsync(request, cancellationToken) as ParametersCheck.Valid)?.Parameters;

    // Only this type: multipart has no place in these protocols.
    public static bool HasForm(HttpRequest request) =>
        request.HasFormContentType && request.ContentType is { } type &&
        type.Split(';')[0].Trim().Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    private static ParametersCheck Read(IEnumerable<KeyValuePair<string, StringValues>> source)
    {
        var values = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in source)
        {
            if (!names.Add(name) || (value.Count > 1 && !Repeatable.Contains(name)))
            {
                return new ParametersCheck.Refused("a parameter is repeated");
            }

            if (value.Any(text => text?.Length > LongestValue))
            {
                return new ParametersCheck.Refused("a parameter is too long");
            }

            if (value.Where(text => text is { Length: > 0 }).ToArray() is { Length: > 0 } present)
            {
                values[name] = present;
            }
        }

        return new ParametersCheck.Valid(new RequestParameters(values));
    }
}

internal abstract record ParametersCheck
{
    public sealed record Valid(RequestParameters Parameters) : ParametersCheck;

    public sealed record Refused(string Description) : ParametersCheck;
}
