using System.Globalization;

namespace Platform.Bff.Session.Devices;

/// <summary>
/// Browser and system out of a User-Agent (RFC 9110 section 10.1.5), as far as a person needs them to recognise a device.
/// What is not known is left out: nothing of the header itself is kept.
/// </summary>
internal static class UserAgent
{
    private const int Longest = 1000;

    // In this order: most of them also claim to be those further down.
    private static readonly (string Token, string Name)[] Browsers =
    [
        ("EdgiOS/", "Edge"), ("EdgA/", "Edge"), ("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"),
        ("Vivaldi/", "Vivaldi"), ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"),
        ("Version/", "Safari"),
    ];

    private static readonly (string Token, string Name)[] Systems =
    [
        ("iPhone", "iOS"), ("iPad", "iPadOS"), ("Android", "Android"), ("Windows NT", "Windows"), ("CrOS", "ChromeOS"),
        ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ];

    public static (string? Browser, string? System) Parse(string? header)
    {
        if (header is not { Length: > 0 and <= Longest })
        {
            return default;
        }

        return (
            Browsers.Where(browser => header.Contains(browser.Token, StringComparison.Ordinal))
                .Select(browser => Versioned(browser.Name, header, browser.Token)).FirstOrDefault(),
            Systems.Where(system => header.Contains(system.Token, StringComparison.Ordinal))
                .Select(system => system.Name).FirstOrDefault());
    }

    // The number before the first dot, which is all that people know of a version.
    private static string Versioned(string name, string header, string token)
    {
        var rest = header.AsSpan(header.IndexOf(token, StringComparison.Ordinal) + token.Length);
        var length = rest.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : rest.Length;
        return ushort.TryParse(rest[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? $"{name} {version}"
            : name;
    }
}
