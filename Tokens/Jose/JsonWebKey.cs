using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Platform.Tokens.Jose;

/// <summary>
/// A public signature key (RFC 7517): RSA of at least 2048 bits or EC on P-256. It is immutable, imported once,
/// and pinned: a key with <c>alg</c> serves that algorithm alone, any key only those of its type.
/// </summary>
public sealed class JsonWebKey
{
    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    private readonly PublicKeyMaterial _material;

    internal JsonWebKey(PublicKeyMaterial material, string? keyId, JwsAlgorithm? algorithm)
    {
        _material = material;
        Thumbprint = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(material.CanonicalJson)));
        KeyId = keyId;
        Algorithm = algorithm;
    }

    /// <summary><c>kty</c>: EC or RSA.</summary>
    public string KeyType => _material.KeyType;

    /// <summary><c>kid</c>.</summary>
    public string? KeyId { get; }

    /// <summary><c>alg</c>: the only algorithm of the key, where it names one.</summary>
    public JwsAlgorithm? Algorithm { get; }

    /// <summary>The SHA-256 thumbprint in base64url (RFC 7638).</summary>
    public string Thumbprint { get; }

    /// <summary>Reads a public key.</summary>
    /// <exception cref="FormatException">The key is unusable here; the message says why.</exception>
    public static JsonWebKey Parse(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("The key is not a JSON object.");
        }

        if (Array.Find(PrivateMembers, member => jwk.Has(member)) is { } secret)
        {
            throw new FormatException($"The key has the private member {secret}; only public keys are read.");
        }

        if (jwk.Has("use") && !jwk.Is("use", "sig"))
        {
            throw new FormatException("The use of the key is not sig.");
        }

        if (jwk.TryGetProperty("key_ops", out var operations) && !AllowsVerification(operations))
        {
            throw new FormatException("The key_ops of the key do not contain verify.");
        }

        return new JsonWebKey(Material(jwk), KeyIdOf(jwk), AlgorithmOf(jwk)) is { IsConsistent: true } key
            ? key
            : throw new FormatException("The alg of the key does not fit its kty.");
    }

    /// <summary>Writes the public key with its <c>kid</c>, <c>alg</c> and <c>use</c>.</summary>
    public void WriteTo(Utf8JsonWriter w)
    {
        ArgumentNullException.ThrowIfNull(w);
        w.WriteStartObject();
        _material.WriteTo(w);
        if (KeyId is not null)
        {
            w.WriteString("kid", KeyId);
        }

        if (Algorithm is { } algorithm)
        {
            w.WriteString("alg", algorithm.Name());
        }

        w.WriteString("use", "sig");
        w.WriteEndObject();
    }

    /// <summary>Writes the members that make the key and nothing else.</summary>
    internal void WriteBareTo(Utf8JsonWriter w)
    {
        w.WriteStartObject();
        _material.WriteTo(w);
        w.WriteEndObject();
    }

    /// <summary>Whether the key made this signature; false for any algorithm that the key is not for.</summary>
    public bool Verify(JwsAlgorithm alg, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        Fits(alg) && _material.Verify(alg, data, signature);

    /// <summary>A token that names no key may be of any.</summary>
    internal bool MayHaveSigned(string? keyId, JwsAlgorithm algorithm) =>
        (keyId is null || KeyId == keyId) && Fits(algorithm);

    private bool Fits(JwsAlgorithm algorithm) =>
        _material.Fits(algorithm) && (Algorithm is null || Algorithm == algorithm);

    private bool IsConsistent => Algorithm is not { } algorithm || _material.Fits(algorithm);

    private static PublicKeyMaterial Material(JsonElement jwk) => jwk.Text("kty") switch
    {
        EcPublicKey.Type => EcPublicKey.Parse(jwk),
        RsaPublicKey.Type => RsaPublicKey.Parse(jwk),
        _ => throw new FormatException("The kty of the key is neither EC nor RSA."),
    };

    private static string? KeyIdOf(JsonElement jwk) =>
        !jwk.Has("kid") ? null
        : jwk.Text("kid") is { Length: > 0 and <= JwsHeader.MaximumKeyIdLength } keyId ? keyId
        : throw new FormatException("The kid of the key is not a string of 1 to 256 characters.");

    private static JwsAlgorithm? AlgorithmOf(JsonElement jwk) =>
        !jwk.Has("alg") ? null
        : JwsAlgorithms.Parse(jwk.Text("alg")) ?? throw new FormatException("The alg of the key is not supported.");

    private static bool AllowsVerification(JsonElement operations) =>
        operations.ValueKind == JsonValueKind.Array
        && operations.EnumerateArray().Any(item => item.IsText("verify"));
}
