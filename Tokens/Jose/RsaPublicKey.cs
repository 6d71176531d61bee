using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Platform.Tokens.Jose;

/// <summary>An RSA modulus and exponent (RFC 7518 section 6.3.1).</summary>
internal sealed class RsaPublicKey : PublicKeyMaterial
{
    public const string Type = "RSA";

    /// <summary>RFC 7518 section 3.3: a key of 2048 bits or larger must be used.</summary>
    public const int MinimumBits = 2048;

    // Larger moduli and exponents cost the verifier more than they protect.
    private const int MaximumBits = 8192;
    private const int MaximumExponentLength = 4;

    private readonly RSA _key;
    private readonly string _modulus;
    private readonly string _exponent;

    public RsaPublicKey(RSAParameters parameters)
    {
        _key = RSA.Create(new RSAParameters { Modulus = parameters.Modulus, Exponent = parameters.Exponent });
        _modulus = Base64Url.EncodeToString(parameters.Modulus);
        _exponent = Base64Url.EncodeToString(parameters.Exponent);
    }

    public override string KeyType => Type;

    public override string CanonicalJson => $$"""{"e":"{{_exponent}}","kty":"{{Type}}","n":"{{_modulus}}"}""";

    public static RsaPublicKey Parse(JsonElement jwk)
    {
        var modulus = UnsignedInteger(jwk, "n");
        var exponent = UnsignedInteger(jwk, "e");
        var bits = modulus.Length == 0 ? 0 : (modulus.Length * 8) - byte.LeadingZeroCount(modulus[0]);
        if (bits is < MinimumBits or > MaximumBits)
        {
            throw new FormatException($"The RSA key has {bits} bits; {MinimumBits} to {MaximumBits} are accepted.");
        }

        if (exponent.Length is 0 or > MaximumExponentLength || exponent is [1] || (exponent[^1] & 1) == 0)
        {
            throw new FormatException("The exponent of the RSA key is not an odd number from 3 to 2^32.");
        }

        try
        {
            return new RsaPublicKey(new RSAParameters { Modulus = modulus, Exponent = exponent });
        }
        catch (CryptographicException)
        {
            throw new FormatException("The RSA key cannot be imported.");
        }
    }

    public override bool Fits(JwsAlgorithm algorithm) => algorithm is JwsAlgorithm.PS256 or JwsAlgorithm.RS256;

    public override bool Verify(JwsAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        Fits(algorithm)
        && _key.VerifyData(data, signature, HashAlgorithmName.SHA256, algorithm.Padding());

    public override void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteString("kty", Type);
        writer.WriteString("n", _modulus);
        writer.WriteString("e", _exponent);
    }

    // Some libraries put a zero octet in front, against RFC 7518 section 6.3.1.1; without it the thumbprint is one.
    private static byte[] UnsignedInteger(JsonElement jwk, string name) =>
        StrictBase64Url.TryDecode(jwk.Text(name), out var bytes)
            ? bytes.AsSpan().TrimStart((byte)0).ToArray()
            : throw new FormatException($"The member {name} of the RSA key is not base64url.");
}
