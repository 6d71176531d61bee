namespace Platform.Bff.Login;

/// <summary>Whether an address is of this very origin, or of a list (RFC 9700 section 4.11).</summary>
internal static class ReturnUrl
{
    private const int Longest = 2000;
    private const int DeepestEncoding = 3;

    /// <summary>The path in its canonical spelling; null when it is refused. Nothing asked for means the start page.</summary>
    public static string? Local(string? wanted, string origin)
    {
        if (string.IsNullOrEmpty(wanted))
        {
            return "/";
        }

        if (wanted.Length > Longest || !AtEveryDepth(wanted, IsPath))
        {
            return null;
        }

        // Browsers resolve dots and backslashes; whatever they would make of it must still be ours.
        return Uri.TryCreate(new Uri(origin), wanted, out var resolved) &&
            resolved.GetLeftPart(UriPartial.Authority) == origin &&
            !resolved.AbsolutePath.StartsWith("//", StringComparison.Ordinal) &&
            !resolved.AbsolutePath.StartsWith("/auth/", StringComparison.OrdinalIgnoreCase)
                ? resolved.PathAndQuery + resolved.Fragment
                : null;
    }

    /// <summary>An https address below one of the list, whose paths end at a segment's border; null when there is none.</summary>
    public static string? Listed(string wanted, IReadOnlyCollection<Uri> list) =>
        wanted.Length <= Longest && list.Any(entry => AtEveryDepth(wanted, text => IsBelow(text, entry)))
            ? new Uri(wanted).AbsoluteUri
            : null;

    // Something behind us may decode percent-encoding once more.
    private static bool AtEveryDepth(string wanted, Predicate<string> isWelcome)
    {
        for (var depth = 0; depth <= DeepestEncoding; depth++)
        {
            if (wanted.Any(c => c is '\\' || char.IsControl(c)) || !isWelcome(wanted))
            {
                return false;
            }

            var decoded = Uri.UnescapeDataString(wanted);
            if (decoded == wanted)
            {
                return true;
            }

            wanted = decoded;
        }

        return false;
    }

    private static bool IsPath(string wanted) =>
        wanted.StartsWith('/') && !wanted.StartsWith("//", StringComparison.Ordinal);

    private static bool IsBelow(string wanted, Uri entry) =>
        wanted.StartsWith("https://", StringComparison.Ordinal) &&
        Uri.TryCreate(wanted, UriKind.Absolute, out var url) && url.UserInfo.Length == 0 &&
        url.GetLeftPart(UriPartial.Authority) == entry.GetLeftPart(UriPartial.Authority) &&
        (url.AbsolutePath == entry.AbsolutePath ||
            url.AbsolutePath.StartsWith($"{entry.AbsolutePath.TrimEnd('/')}/", StringComparison.Ordinal));
}
