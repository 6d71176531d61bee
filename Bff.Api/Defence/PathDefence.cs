using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace Platform.Bff.Defence;

/// <summary>
/// Whether every server reads a path alike. The allow-list of routes holds what Kestrel makes of the path; a service behind
/// us that decodes once more, merges slashes or cuts at a semicolon would see another one.
/// </summary>
internal static class PathDefence
{
    // What Kestrel leaves encoded is %2f, what was encoded twice, and what is no UTF-8.
    private static readonly SearchValues<char> Ambiguous =
        SearchValues.Create(['%', '\\', ';', '\x7f', .. Enumerable.Range(0, ' ').Select(code => (char)code)]);

    public static bool IsPlain(HttpContext http) =>
        IsPlain(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget) &&
        !http.Request.Path.Value.AsSpan().ContainsAny(Ambiguous);

    // Kestrel has resolved these already: the target as it came shows them.
    private static bool IsPlain(ReadOnlySpan<char> target)
    {
        var path = target.IndexOf('?') is >= 0 and var query ? target[..query] : target;
        return path is ['/', ..] &&
            !path.Contains("//", StringComparison.Ordinal) &&
            !path.Contains("/./", StringComparison.Ordinal) &&
            !path.Contains("/../", StringComparison.Ordinal) &&
            !path.EndsWith("/.", StringComparison.Ordinal) &&
            !path.EndsWith("/..", StringComparison.Ordinal) &&
            !path.Contains("%2e", StringComparison.OrdinalIgnoreCase);
    }
}
