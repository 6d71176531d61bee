using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Platform.IdP.Credentials;

/// <summary>Time-based one-time passwords (RFC 6238): HMAC-SHA1, 6 digits, 30 seconds, which every authenticator app knows.</summary>
internal static class Totp
{
    private const int Digits = 6;
    private const int SecondsPerStep = 30;

    /// <summary>RFC 4226 section 4, R6: 160 bits.</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(20);

    /// <summary>The step of the code, or null; one step of clock drift is tolerated to either side (RFC 6238 section 6).</summary>
    public static long? FindStep(byte[] secret, string code, DateTimeOffset now)
    {
        var current = now.ToUnixTimeSeconds() / SecondsPerStep;
        long? found = null;
        for (var step = current - 1; step <= current + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Code(secret, step)), Encoding.UTF8.GetBytes(code)))
            {
                found = step;
            }
        }

        return found;
    }

    public static string CodeAt(byte[] secret, DateTimeOffset now) => Code(secret, now.ToUnixTimeSeconds() / SecondsPerStep);

    /// <summary>What authenticator apps read from the QR code (key URI format).</summary>
    public static string Address(byte[] secret, string issuer, string account) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={Base32.Encode(secret)}" +
        $"&issuer={Uri.EscapeDataString(issuer)}&algorithm=SHA1&digits={Digits}&period={SecondsPerStep}";

    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238: HMAC-SHA1 is not affected by collisions, and apps know no other.")]
    private static string Code(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, hash);

        // RFC 4226 section 5.3: dynamic truncation
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
