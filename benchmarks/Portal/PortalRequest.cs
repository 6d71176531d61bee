namespace Platform.Benchmarks.Portal;

/// <summary>Requests with the headers that a browser sends.</summary>
internal static class PortalRequest
{
    public const string Host = "portal.bench.test";

    private const string Browser =
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n" +
        "Accept-Language: en-GB,en;q=0.5\r\nAccept-Encoding: identity\r\n";

    public static Uri Origin { get; } = new($"https://{Host}");

    /// <summary>A person follows a link.</summary>
    public static byte[] Navigation(string target, string cookies) => HttpText.Get(
        target, $"{Browser}Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\nSec-Fetch-Mode: navigate\r\n{cookies}", Host);

    /// <summary>The portal's own script calls.</summary>
    public static byte[] Call(string target, string cookies) => HttpText.Get(
        target,
        $"{Browser}Accept: application/json\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\nX-CSRF: 1\r\n{cookies}", Host);
}
