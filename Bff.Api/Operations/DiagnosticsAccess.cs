using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Platform.Bff.Session;
using Platform.Sessions;

namespace Platform.Bff.Operations;

/// <summary>Who may see the diagnostics: administrators by their session, and a machine by its key.</summary>
internal sealed class DiagnosticsAccess(CurrentSession current, IOptions<DiagnosticsOptions> options)
{
    public const string Header = "X-API-Key";

    private readonly DiagnosticsOptions _options = options.Value;
    private readonly byte[]? _keyHash = options.Value.Key is { Length: > 0 } key ? HashOf(key) : null;

    /// <summary>Who asks, for the log; null for somebody who may not.</summary>
    public async Task<string?> CallerAsync(HttpContext http, CancellationToken cancellationToken)
    {
        // Without a look at the session: a machine is answered while Redis is away.
        if (http.Request.Headers[Header] is { Count: > 0 } shown)
        {
            return _keyHash is not null && CryptographicOperations.FixedTimeEquals(HashOf(shown.ToString()), _keyHash)
                ? "a machine with the key"
                : null;
        }

        return await current.FindAsync(http, isUse: true, cancellationToken) is { } session && IsAdministrator(session.Record)
            ? session.Record.Subject
            : null;
    }

    private bool IsAdministrator(SessionRecord record) =>
        _options is { Claim: { Length: > 0 } claim, Value: { Length: > 0 } value } &&
        record.Claims?.TryGetValue(claim, out var values) is true && values.Contains(value, StringComparer.Ordinal);

    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
