using System.Net.Http.Headers;
using System.Text;

namespace Platform.Tokens.Introspection;

/// <summary>Who the resource server is at the authorization server (RFC 7662 section 2.1).</summary>
public sealed class IntrospectionCredentials(string clientId, string clientSecret)
{
    /// <summary><c>client_secret_basic</c> (RFC 6749 section 2.3.1).</summary>
    internal AuthenticationHeaderValue Header { get; } = new(
        "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Encode(clientId)}:{Encode(clientSecret)}")));

    // RFC 6749 appendix B
    private static string Encode(string value) => Uri.EscapeDataString(value).Replace("%20", "+", StringComparison.Ordinal);
}
