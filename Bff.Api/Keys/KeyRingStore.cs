using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Platform.Bff.Pages;
using Platform.Tokens.Jose;
using StackExchange.Redis;

namespace Platform.Bff.Keys;

/// <summary>The ring in Redis, sealed; replaced as a whole, and only by who has seen what is replaced.</summary>
internal sealed class KeyRingStore(IConnectionMultiplexer redis, IDataProtectionProvider protection)
{
    private static readonly RedisKey Name = "bff:keys";

    // KEYS: ring. ARGV: what was seen, empty for nothing; what replaces it.
    private const string Replace = """
        if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
        redis.call('SET', KEYS[1], ARGV[2])
        return 1
        """;

    private readonly IDataProtector _protector = protection.CreateProtector("Platform.Bff.Keys");
    private volatile Seen? _last;

    /// <summary>The ring with what Redis holds for it, by which a change proves that it has seen it.</summary>
    /// <exception cref="RedisException">Redis is away.</exception>
    public async Task<(KeyRing Ring, RedisValue Seen)> ReadAsync(CancellationToken cancellationToken)
    {
        var text = (string?)await redis.GetDatabase().StringGetAsync(Name).WaitAsync(cancellationToken);
        if (text is null)
        {
            return (KeyRing.Empty, RedisValue.Null);
        }

        // It seldom changes, and to open it costs more than to ask.
        var last = _last;
        if (last?.Text != text)
        {
            _last = last = new Seen(text, Open(text));
        }

        return (last.Ring, text);
    }

    /// <summary>False when another replica was faster.</summary>
    public async Task<bool> TryReplaceAsync(RedisValue seen, KeyRing ring, CancellationToken cancellationToken) =>
        (bool)await redis.GetDatabase()
            .ScriptEvaluateAsync(Replace, [Name], [seen.IsNull ? RedisValue.EmptyString : seen, Seal(ring)])
            .WaitAsync(cancellationToken);

    private string Seal(KeyRing ring) => _protector.Protect(JsonSerializer.Serialize(
        [.. ring.Keys.Select(key => new Entry(key.Use, key.Key.ToPem(), key.ActiveFrom))], KeyRingJson.Default.EntryArray));

    private KeyRing Open(string text)
    {
        try
        {
            return new KeyRing([.. JsonSerializer.Deserialize(_protector.Unprotect(text), KeyRingJson.Default.EntryArray)!
                .Select(entry => new RingKey(entry.Use, SigningKey.FromPem(entry.Pem, JwsAlgorithm.ES256), entry.ActiveFrom))]);
        }
        catch (CryptographicException foreign) when (!StoreAwayHandler.IsStoreAway(foreign))
        {
            throw new InvalidOperationException(
                $"The keys in Redis ({Name}) were sealed with another DataProtection:Secret: give all replicas the one that they " +
                "were made with, or delete the key.", foreign);
        }
    }

    private sealed record Seen(string Text, KeyRing Ring);

    internal sealed record Entry(KeyUse Use, string Pem, DateTimeOffset ActiveFrom);
}

[JsonSerializable(typeof(KeyRingStore.Entry[]))]
internal sealed partial class KeyRingJson : JsonSerializerContext;
