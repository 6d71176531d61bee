using System.Collections.Concurrent;
using System.Net.Http.Headers;

namespace Platform.Bff.Provider;

/// <summary>The newest nonce of each server (RFC 9449 section 8.2). Only servers of the configuration are called.</summary>
internal sealed class DPoPNonces
{
    public const string Header = "DPoP-Nonce";

    private const int Longest = 1024;

    private readonly ConcurrentDictionary<string, string> _newest = new(StringComparer.OrdinalIgnoreCase);

    public string? Of(Uri server) => _newest.GetValueOrDefault(server.Authority);

    /// <summary>
    /// Keeps the nonce of an answer, whatever its status; true when there was one. That it is known already says nothing: of
    /// several requests at a time, each is refused for the old one, and the first has learnt the new one for all.
    /// </summary>
    public bool Learn(Uri server, HttpResponseHeaders answer)
    {
        if (!answer.TryGetValues(Header, out var values) || values.FirstOrDefault() is not { Length: > 0 and <= Longest } nonce)
        {
            return false;
        }

        _newest[server.Authority] = nonce;
        return true;
    }
}
