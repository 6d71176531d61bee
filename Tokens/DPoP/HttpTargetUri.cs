using System.Buffers;

namespace Platform.Tokens.DPoP;

/// <summary>
/// The claim <c>htu</c>: the address of a request without query and fragment, compared after the syntax-based and
/// scheme-based normalization of RFC 3986 sections 6.2.2 and 6.2.3 (RFC 9449 section 4.3).
/// </summary>
internal static class HttpTargetUri
{
    private const int MaximumLength = 2048;

    // RFC 3986 sections 2.2 and 2.3. Uri would repair anything else: a backslash, for one, becomes a slash.
    private static readonly SearchValues<char> Characters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%");

    public static bool Matches(string claimed, string expected)
    {
        var bare = WithoutQuery(claimed);
        return bare.SequenceEqual(WithoutQuery(expected))
            || (Normalize(bare) is { } normal && normal == Normalize(WithoutQuery(expected)));
    }

    public static ReadOnlySpan<char> WithoutQuery(string address) =>
        address.AsSpan().IndexOfAny('?', '#') is var end and >= 0 ? address.AsSpan(0, end) : address;

    // Uri lowers scheme and host, drops the default port, resolves dot segments, unescapes what needs no escape,
    // and gives an empty path its slash; the case of the remaining escapes is left to do.
    private static string? Normalize(ReadOnlySpan<char> address) =>
        address.Length <= MaximumLength
        && !address.ContainsAnyExcept(Characters)
        && Uri.TryCreate(address.ToString(), UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.UserInfo.Length == 0
            ? WithUpperCaseEscapes(uri.AbsoluteUri)
            : null;

    private static string WithUpperCaseEscapes(string address) => string.Create(address.Length, address, (normal, text) =>
    {
        text.CopyTo(normal);
        for (var i = 2; i < normal.Length; i++)
        {
            if (text[i - 1] == '%' || text[i - 2] == '%')
            {
                normal[i] = char.ToUpperInvariant(normal[i]);
            }
        }
    });
}
