using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Platform.IdP.SenderConstraint;

/// <summary>
/// Nonces for DPoP proofs that say by themselves when they were issued, so that no replica has to remember them: each is the
/// time under the key ring that all replicas share.
/// </summary>
internal sealed class NonceSeries(IDataProtector protector, TimeProvider clock)
{
    private const int LongestNonce = 512;
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private volatile Issued? _current;

    /// <summary>The nonce to give out: a new one every minute.</summary>
    public string Current()
    {
        var now = clock.GetUtcNow();
        var current = _current;
        if (current is null || now - current.At >= Renewal)
        {
            _current = current = new Issued(
                protector.Protect(now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)), now);
        }

        return current.Nonce;
    }

    /// <summary>Whether it was issued here or by another replica, and not too long ago.</summary>
    public bool IsRecent(string nonce)
    {
        if (_current is { } current && nonce == current.Nonce)
        {
            return clock.GetUtcNow() - current.At < Lifetime;
        }

        // Clocks of replicas differ a little.
        return nonce.Length <= LongestNonce && ReadTime(nonce) is { } time &&
            (clock.GetUtcNow() - time) is var age && age > -Renewal && age < Lifetime;
    }

    private DateTimeOffset? ReadTime(string nonce)
    {
        try
        {
            return DateTimeOffset.FromUnixTimeSeconds(long.Parse(protector.Unprotect(nonce), CultureInfo.InvariantCulture));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private sealed record Issued(string Nonce, DateTimeOffset At);
}
