using Microsoft.Extensions.Primitives;

namespace Platform.IdP.Protocol;

/// <summary>The parameters of an OAuth request, each there once (RFC 6749 section 3.1).</summary>
internal sealed class RequestParameters
{
    private const int LongestValue = 4096;
    private readonly Dictionary<string, string> _values;

    private RequestParameters(Dictionary<string, string> values) => _values = values;

    /// <summary>The value, or null when it is absent; a parameter without a value counts as absent.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    public static ParametersCheck FromQuery(HttpRequest request) => Read(request.Query);

    public static async Task<ParametersCheck> FromFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!HasForm(request))
        {
            return new ParametersCheck.Refused("the body must be application/x-www-form-urlencoded");
        }

        try
        {
            return Read(await request.ReadFormAsync(cancellationToken));
        }
        catch (InvalidDataException)
        {
            return new ParametersCheck.Refused("the form cannot be read");
        }
    }

    // Only this type: multipart has no place in these protocols.
    private static bool HasForm(HttpRequest request) =>
        request.ContentType is { } type &&
        type.Split(';')[0].Trim().Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    private static ParametersCheck Read(IEnumerable<KeyValuePair<string, StringValues>> source)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in source)
        {
            if (value.Count > 1 || !names.Add(name))
            {
                return new ParametersCheck.Refused("a parameter is repeated");
            }

            if (value.ToString() is not { Length: > 0 } text)
            {
                continue;
            }

            if (text.Length > LongestValue)
            {
                return new ParametersCheck.Refused("a parameter is too long");
            }

            values[name] = text;
        }

        return new ParametersCheck.Valid(new RequestParameters(values));
    }
}

internal abstract record ParametersCheck
{
    public sealed record Valid(RequestParameters Parameters) : ParametersCheck;

    public sealed record Refused(string Description) : ParametersCheck;
}
