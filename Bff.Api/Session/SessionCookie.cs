using System.Globalization;

namespace Platform.Bff.Session;

/// <summary>
/// The only thing that the browser holds: a handle that says nothing. The prefix makes browsers insist on Secure,
/// on Path=/ and on this very host; Strict keeps it out of every request that another site starts. A long handle, with the
/// session sealed into it, goes on in <c>__Host-bff.1</c> and so on; then the first says how many there are.
/// </summary>
internal static class SessionCookie
{
    public const string Name = "__Host-bff";

    // With name and attributes below the 4096 bytes that browsers keep (RFC 6265 section 6.1).
    private const int PartLength = 3_500;
    private const int Most = 4;
    private const char AfterCount = '.';

    private static readonly string[] Names = [Name, $"{Name}.1", $"{Name}.2", $"{Name}.3"];

    /// <summary>Null as well when a part is missing; parts of different handles do not open.</summary>
    public static string? Read(HttpRequest request)
    {
        var first = Find(request, part: 0);
        if (first is null || first.Length < 2 || first[1] is not AfterCount)
        {
            return first;
        }

        var count = first[0] - '0';
        var parts = Enumerable.Range(0, Math.Clamp(count, 0, Most)).Select(part => Find(request, part)).ToList();
        return count is >= 2 and <= Most && !parts.Contains(null) ? string.Concat(parts)[2..] : null;
    }

    /// <summary>
    /// A new session. On the way back from the provider no Strict cookie comes along, so that parts of a longer handle would
    /// not be noticed: they are deleted unseen.
    /// </summary>
    public static void Begin(HttpContext http, string handle)
    {
        http.Items.Remove(typeof(SessionCookie));
        Delete(http, Names.Skip(Append(http, handle)));
    }

    public static void Delete(HttpContext http)
    {
        http.Items.Remove(typeof(SessionCookie));
        Delete(http, Names.Where((name, part) => part == 0 || http.Request.Cookies.ContainsKey(name)));
    }

    /// <summary>
    /// The session has another handle since the request came. It is sent with whatever is answered, by an API behind us too,
    /// and the last one counts.
    /// </summary>
    public static void Renew(HttpContext http, string handle)
    {
        var isFirst = !http.Items.ContainsKey(typeof(SessionCookie));
        http.Items[typeof(SessionCookie)] = handle;
        if (isFirst)
        {
            http.Response.OnStarting(() =>
            {
                if (http.Items[typeof(SessionCookie)] is string last)
                {
                    Delete(http, Names.Skip(Append(http, last)).Where(http.Request.Cookies.ContainsKey));
                }

                return Task.CompletedTask;
            });
        }
    }

    /// <summary>Two of one name: somebody planted one, and nobody can tell which.</summary>
    public static bool IsDoubled(HttpRequest request)
    {
        var seen = 0;
        foreach (var header in request.Headers.Cookie)
        {
            foreach (var pair in header.AsSpan().Split(';'))
            {
                var part = PartOf(header.AsSpan()[pair]);
                if (part >= 0 && seen == (seen |= 1 << part))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Not by way of Request.Cookies, which would copy every cookie of the request.
    private static string? Find(HttpRequest request, int part)
    {
        foreach (var header in request.Headers.Cookie)
        {
            foreach (var range in header.AsSpan().Split(';'))
            {
                var pair = header.AsSpan()[range];
                if (PartOf(pair) == part && pair.IndexOf('=') is >= 0 and var end)
                {
                    return pair[(end + 1)..].Trim().ToString();
                }
            }
        }

        return null;
    }

    private static int PartOf(ReadOnlySpan<char> pair)
    {
        var name = (pair.IndexOf('=') is >= 0 and var end ? pair[..end] : pair).Trim();
        for (var part = 0; part < Names.Length; part++)
        {
            if (name.SequenceEqual(Names[part]))
            {
                return part;
            }
        }

        return -1;
    }

    // In how many parts.
    private static int Append(HttpContext http, string handle)
    {
        var parts = Split(handle);
        for (var part = 0; part < parts.Count; part++)
        {
            http.Response.Cookies.Append(Names[part], parts[part], Attributes());
        }

        return parts.Count;
    }

    private static List<string> Split(string handle)
    {
        if (handle.Length <= PartLength)
        {
            return [handle];
        }

        var count = (handle.Length + 2 + PartLength - 1) / PartLength;
        var whole = string.Create(CultureInfo.InvariantCulture, $"{count}{AfterCount}{handle}");
        return [.. Enumerable.Range(0, count).Select(part => whole.Substring(part * PartLength, Math.Min(PartLength, whole.Length - (part * PartLength))))];
    }

    private static void Delete(HttpContext http, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            http.Response.Cookies.Delete(name, Attributes());
        }
    }

    private static CookieOptions Attributes() => new()
    {
        Secure = true,
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Path = "/",
    };
}
