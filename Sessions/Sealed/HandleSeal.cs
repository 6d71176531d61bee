using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using StackExchange.Redis;

namespace Platform.Sessions.Sealed;

/// <summary>
/// Seals sessions with the service's keys: for the cookie, and, so that a dump of Redis yields no cookie, under another
/// purpose for Redis. What would need several cookies is compressed.
/// </summary>
internal sealed class HandleSeal(IDataProtectionProvider protection)
{
    private const byte Plain = 0;
    private const byte Compressed = 1;
    private const int LongestPlain = 2_500;

    private readonly IDataProtector _cookies = protection.CreateProtector("Platform.Sessions.Cookie");
    private readonly IDataProtector _stored = protection.CreateProtector("Platform.Sessions.Renewed");

    /// <summary>The cookie's value; null when it would not fit into the cookies that a session may have.</summary>
    public string? Seal(SealedSession session) =>
        Base64Url.EncodeToString(_cookies.Protect(Pack(session))) is { Length: <= LiveSession.LongestHandle } handle ? handle : null;

    public SealedSession? Open(string handle) => handle.Length <= LiveSession.LongestHandle ? Open(_cookies, handle) : null;

    public string SealForRedis(SealedSession session) => Base64Url.EncodeToString(_stored.Protect(Pack(session)));

    public SealedSession? OpenFromRedis(string text) => Open(_stored, text);

    private static SealedSession? Open(IDataProtector protector, string text)
    {
        try
        {
            return Unpack(protector.Unprotect(Base64Url.DecodeFromChars(text)));
        }
        catch (Exception foreign) when (foreign is FormatException or CryptographicException or JsonException && !IsStoreAway(foreign))
        {
            return null;
        }
    }

    private static byte[] Pack(SealedSession session)
    {
        using var packed = new MemoryStream();
        var json = JsonSerializer.SerializeToUtf8Bytes(session, SealedJson.Default.SealedSession);
        if (json.Length <= LongestPlain)
        {
            packed.WriteByte(Plain);
            packed.Write(json);
        }
        else
        {
            packed.WriteByte(Compressed);
            using var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true);
            brotli.Write(json);
        }

        return packed.ToArray();
    }

    private static SealedSession? Unpack(byte[] packed)
    {
        using var content = new MemoryStream(packed, 1, packed.Length - 1);
        if (packed[0] is Plain)
        {
            return JsonSerializer.Deserialize(content, SealedJson.Default.SealedSession);
        }

        using var json = new BrotliStream(content, CompressionMode.Decompress);
        return JsonSerializer.Deserialize(json, SealedJson.Default.SealedSession);
    }

    // The keys are in Redis: that it is away does not make a cookie a bad one.
    private static bool IsStoreAway(Exception? exception) =>
        exception is RedisException or TimeoutException || exception?.InnerException is { } inner && IsStoreAway(inner);
}
