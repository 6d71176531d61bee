using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Platform.Tokens.Jose;

/// <summary>A point on P-256 (RFC 7518 section 6.2.1).</summary>
internal sealed class EcPublicKey : PublicKeyMaterial
{
    public const string Type = "EC";
    public const string Curve = "P-256";

    /// <summary>R and S side by side, 32 octets each (RFC 7518 section 3.4).</summary>
    public const int SignatureLength = 64;

    private const int CoordinateLength = 32;

    private readonly ECDsa _key;
    private readonly string _x;
    private readonly string _y;

    public EcPublicKey(ECPoint point)
    {
        _key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
        _x = Base64Url.EncodeToString(point.X);
        _y = Base64Url.EncodeToString(point.Y);
    }

    public override string KeyType => Type;

    public override string CanonicalJson => $$"""{"crv":"{{Curve}}","kty":"{{Type}}","x":"{{_x}}","y":"{{_y}}"}""";

    public static EcPublicKey Parse(JsonElement jwk)
    {
        if (!jwk.Is("crv", Curve))
        {
            throw new FormatException("The curve of the EC key is not P-256.");
        }

        try
        {
            return new EcPublicKey(new ECPoint { X = Coordinate(jwk, "x"), Y = Coordinate(jwk, "y") });
        }
        catch (CryptographicException)
        {
            throw new FormatException("The point of the EC key is not on its curve.");
        }
    }

    public override bool Fits(JwsAlgorithm algorithm) => algorithm == JwsAlgorithm.ES256;

    public override bool Verify(JwsAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        Fits(algorithm)
        && signature.Length == SignatureLength
        && _key.VerifyData(data, signature, HashAlgorithmName.SHA256);

    public override void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteString("kty", Type);
        writer.WriteString("crv", Curve);
        writer.WriteString("x", _x);
        writer.WriteString("y", _y);
    }

    // A coordinate has the full length of the field, leading zeros included (RFC 7518 section 6.2.1.2).
    private static byte[] Coordinate(JsonElement jwk, string name) =>
        StrictBase64Url.TryDecode(jwk.Text(name), out var bytes) && bytes.Length == CoordinateLength
            ? bytes
            : throw new FormatException($"The member {name} of the EC key is not a coordinate of 32 octets.");
}
