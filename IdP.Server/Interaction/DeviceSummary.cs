using System.Net;
using System.Net.Sockets;

namespace Platform.IdP.Interaction;

/// <summary>
/// By what a person recognises one of her sessions: the browser by its own account, and the network without the last part of
/// the address.
/// </summary>
internal static class DeviceSummary
{
    // Most browsers name others as well: the first that fits is meant.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "Mac"),
        ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ];

    public static SsoDevice Of(HttpContext http) =>
        new(Browser(http.Request.Headers.UserAgent.ToString()), Network(http.Connection.RemoteIpAddress));

    internal static string Browser(string userAgent)
    {
        var browser = Find(Browsers, userAgent);
        var system = Find(Systems, userAgent);
        return (browser, system) switch
        {
            (null, null) => InteractionTexts.UnknownBrowser,
            (null, { } only) => only,
            ({ } only, null) => only,
            _ => InteractionTexts.BrowserOnSystem.With(browser, system),
        };
    }

    internal static string Network(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
        {
            address = address.MapToIPv4();
        }

        return address switch
        {
            null => InteractionTexts.UnknownNetwork,
            _ when IPAddress.IsLoopback(address) => InteractionTexts.ThisComputer,
            { AddressFamily: AddressFamily.InterNetwork } => $"{string.Join('.', address.GetAddressBytes().Take(3))}.x",
            _ => $"{new IPAddress([.. address.GetAddressBytes().Take(6), .. new byte[10]])}/48",
        };
    }

    private static string? Find((string Mark, string Name)[] names, string userAgent) =>
        names.FirstOrDefault(name => userAgent.Contains(name.Mark, StringComparison.Ordinal)).Name;
}
