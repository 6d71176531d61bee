using System.Buffers;
using Microsoft.Extensions.Options;

namespace Platform.Bff.AccessTokens.Sources;

/// <summary>A key that an API knows the BFF by, section <c>Bff:ApiKeys:{name}</c>.</summary>
internal sealed class ApiKeyOptions
{
    /// <summary>The header that carries it.</summary>
    public string Header { get; set; } = "X-API-Key";

    /// <summary>The key; in the header, <c>Bearer </c> and the like included.</summary>
    public string Value { get; set; } = "";
}

/// <summary>All keys by name, section <c>Bff:ApiKeys</c>.</summary>
internal sealed class ApiKeys : Dictionary<string, ApiKeyOptions>
{
    public const string Section = "Bff:ApiKeys";

    public ApiKeys() : base(StringComparer.OrdinalIgnoreCase)
    {
    }
}

internal sealed class ApiKeysValidator : IValidateOptions<ApiKeys>
{
    // RFC 9110 section 5.6.2
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // What frames and routes a request, says who the browser is, or describes a body.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Allow", "Connection", "Cookie", "Expect", "Expires", "Host", "Last-Modified", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    public ValidateOptionsResult Validate(string? name, ApiKeys options)
    {
        var faults = options.Select(key => Fault($"{ApiKeys.Section}:{key.Key}", key.Value)).OfType<string>().ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static string? Fault(string setting, ApiKeyOptions key) => key switch
    {
        { Value: "" } => $"{setting}:Value is not set: give the key that the API expects.",
        { Value: var value } when value.Any(character => character is < ' ' or > '~') || value.Trim() != value =>
            $"{setting}:Value has characters that no header may carry: give the key in ASCII, without blanks around it.",
        { Header: var header } when !IsFree(header) =>
            $"{setting}:Header must be a header that is free for a key (for example X-API-Key).",
        _ => null,
    };

    private static bool IsFree(string header) =>
        header.Length > 0 && !header.AsSpan().ContainsAnyExcept(TokenCharacters) &&
        !Reserved.Contains(header) && !header.StartsWith("Content-", StringComparison.OrdinalIgnoreCase);
}
