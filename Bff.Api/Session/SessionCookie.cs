namespace Platform.Bff.Session;

/// <summary>
/// The only thing that the browser holds: a handle that says nothing. The prefix makes browsers insist on Secure,
/// on Path=/ and on this very host; Strict keeps it out of every request that another site starts.
/// </summary>
internal static class SessionCookie
{
    public const string Name = "__Host-bff";

    public static string? Read(HttpRequest request) => request.Cookies[Name];

    public static void Append(HttpResponse response, string handle) => response.Cookies.Append(Name, handle, Attributes());

    public static void Delete(HttpResponse response) => response.Cookies.Delete(Name, Attributes());

    /// <summary>Two of one name: somebody planted one, and nobody can tell which.</summary>
    public static bool IsDoubled(HttpRequest request) =>
        request.Headers.Cookie
            .SelectMany(header => (header ?? "").Split(';', StringSplitOptions.TrimEntries))
            .Count(pair => pair.Split('=', 2)[0].Trim() == Name) > 1;

    private static CookieOptions Attributes() => new()
    {
        Secure = true,
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Path = "/",
    };
}
