using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Fuzzing;

/// <summary>A client's ES256 key, which signs whatever it is given.</summary>
internal sealed class FuzzKey : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public FuzzKey() => Public = SigningKey.FromPem(_key.ExportPkcs8PrivateKeyPem(), JwsAlgorithm.ES256).PublicKey;

    public JsonWebKey Public { get; }

    /// <summary>The JSON of the key alone.</summary>
    public string PublicJson
    {
        get
        {
            var point = _key.ExportParameters(includePrivateParameters: false).Q;
            return $$"""{"kty":"EC","crv":"P-256","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}""";
        }
    }

    public string Sign(string input) =>
        $"{input}.{Base64Url.EncodeToString(_key.SignData(Encoding.UTF8.GetBytes(input), HashAlgorithmName.SHA256))}";

    public FuzzValue.Signed Token(string type, string claims) =>
        new(this, $$"""{"typ":"{{type}}","alg":"ES256","kid":"{{Public.KeyId}}"}""", claims);

    /// <summary>A DPoP proof (RFC 9449 section 4.2).</summary>
    public FuzzValue.Signed Proof(string claims) => new(this, $$"""{"typ":"dpop+jwt","alg":"ES256","jwk":{{PublicJson}}}""", claims);

    public void Dispose() => _key.Dispose();
}
