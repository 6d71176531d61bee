using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Platform.Tokens.Jose;

/// <summary>A set of public keys (RFC 7517 section 5).</summary>
public sealed class JsonWebKeySet
{
    /// <summary>A token without <c>kid</c> is tried against every key, so their number is bounded.</summary>
    private const int MaximumKeys = 64;

    /// <summary>Creates a set of these keys.</summary>
    public JsonWebKeySet(IEnumerable<JsonWebKey> keys)
    {
        Array = [.. keys];
    }

    /// <summary>The keys in the order of publication.</summary>
    public IReadOnlyList<JsonWebKey> Keys => Array;

    internal JsonWebKey[] Array { get; }

    /// <summary>Reads a set; keys that are not usable here are left out (RFC 7517 section 5).</summary>
    /// <exception cref="FormatException">This is not a JWK Set.</exception>
    public static JsonWebKeySet Parse(ReadOnlyMemory<byte> utf8Json)
    {
        if (!StrictJson.TryParseObject(utf8Json, out var document))
        {
            throw new FormatException("The key set is not a JSON object.");
        }

        using (document)
        {
            return document.RootElement.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array
                ? new JsonWebKeySet(keys.EnumerateArray().Take(MaximumKeys).Select(UsableKey).OfType<JsonWebKey>())
                : throw new FormatException("The key set has no array of keys.");
        }
    }

    /// <summary>The set as JSON, public members only.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, StrictJson.Plain))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("keys");
            foreach (var key in Keys)
            {
                key.WriteTo(writer);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>
    /// The keys that may have made a signature with this algorithm: those named <paramref name="kid"/>,
    /// or all where the token names none. Several keys may share a name.
    /// </summary>
    public IEnumerable<JsonWebKey> Candidates(string? kid, JwsAlgorithm alg) =>
        Array.Where(key => key.MayHaveSigned(kid, alg));

    internal bool Knows(string? keyId)
    {
        foreach (var key in Array)
        {
            if (keyId is null || key.KeyId == keyId)
            {
                return true;
            }
        }

        return false;
    }

    private static JsonWebKey? UsableKey(JsonElement jwk)
    {
        try
        {
            return JsonWebKey.Parse(jwk);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
