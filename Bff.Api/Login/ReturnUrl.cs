namespace Platform.Bff.Login;

/// <summary>Where the browser goes after a sign-in: a path of this very origin and nothing else (RFC 9700 section 4.11).</summary>
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

        if (wanted.Length > Longest || !IsPlain(wanted))
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

    // Checked at every depth of percent-encoding, since something behind us may decode once more.
    private static bool IsPlain(string wanted)
    {
        for (var depth = 0; depth <= DeepestEncoding; depth++)
        {
            if (!wanted.StartsWith('/') || wanted.StartsWith("//", StringComparison.Ordinal) ||
                wanted.Any(c => c is '\\' || char.IsControl(c)))
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
}
