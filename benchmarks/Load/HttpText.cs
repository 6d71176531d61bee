using System.Text;

namespace Platform.Benchmarks.Load;

/// <summary>Requests as they are written, as a proxy that terminates TLS passes them on.</summary>
internal static class HttpText
{
    private const string Common = "X-Forwarded-Proto: https\r\n";

    /// <summary>The authentication of a client by its secret, with its line end.</summary>
    public static string Basic(string client) =>
        $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{client}:{Setting.Secret}"))}\r\n";

    public static byte[] Get(string target, string headers = "", string host = Setting.Host) =>
        Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: {host}\r\n{Common}{headers}\r\n");

    public static byte[] Post(string target, IEnumerable<KeyValuePair<string, string>> form, string headers = "")
    {
        var body = string.Join('&', form.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"));
        return Encoding.ASCII.GetBytes(
            $"POST {target} HTTP/1.1\r\nHost: {Setting.Host}\r\n{Common}{headers}Content-Type: application/x-www-form-urlencoded\r\n" +
            $"Content-Length: {body.Length}\r\n\r\n{body}");
    }
}
