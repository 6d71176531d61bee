using System.Security.Cryptography;

namespace Platform.Tokens.Jose;

/// <summary>A private key with the one algorithm that it signs with.</summary>
public sealed class SigningKey : IDisposable
{
    // RFC 5480 section 2.1.1.1: secp256r1
    private const string P256 = "1.2.840.10045.3.1.7";

    private static readonly PbeParameters Encryption =
        new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterationCount: 10_000);

    private readonly ECDsa? _ec;
    private readonly RSA? _rsa;

    private SigningKey(ECDsa key, string? keyId)
    {
        Headers = new JwsHeaders(this);
        _ec = key;
        Algorithm = JwsAlgorithm.ES256;
        PublicKey = Named(new EcPublicKey(key.ExportParameters(includePrivateParameters: false).Q), Algorithm, keyId);
    }

    private SigningKey(RSA key, JwsAlgorithm algorithm, string? keyId)
    {
        Headers = new JwsHeaders(this);
        _rsa = key;
        Algorithm = algorithm;
        PublicKey = Named(new RsaPublicKey(key.ExportParameters(includePrivateParameters: false)), algorithm, keyId);
    }

    /// <summary>The algorithm of every signature of this key.</summary>
    public JwsAlgorithm Algorithm { get; }

    /// <summary><c>kid</c>: the RFC 7638 thumbprint unless another was given.</summary>
    public string KeyId => PublicKey.KeyId!;

    /// <summary>The public half, as it is published.</summary>
    public JsonWebKey PublicKey { get; }

    /// <summary>Makes a new key: P-256, or RSA of 2048 bits.</summary>
    public static SigningKey Create(JwsAlgorithm alg) => alg == JwsAlgorithm.ES256
        ? new SigningKey(ECDsa.Create(ECCurve.NamedCurves.nistP256), keyId: null)
        : new SigningKey(RSA.Create(RsaPublicKey.MinimumBits), alg, keyId: null);

    /// <summary>Reads an unencrypted private key.</summary>
    /// <exception cref="FormatException">It is not a private key for this algorithm; the message says why.</exception>
    public static SigningKey FromPem(string pem, JwsAlgorithm alg, string? keyId = null)
    {
        try
        {
            return alg == JwsAlgorithm.ES256 ? FromEcPem(pem, keyId) : FromRsaPem(pem, alg, keyId);
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException)
        {
            throw new FormatException($"The PEM text is not a private key for {alg.Name()}.");
        }
    }

    /// <summary>Reads a private key that <see cref="ToEncryptedPem"/> wrote.</summary>
    /// <exception cref="FormatException">It does not open, or is not for this algorithm; the message says why.</exception>
    public static SigningKey FromEncryptedPem(string pem, string secret, JwsAlgorithm alg)
    {
        using AsymmetricAlgorithm opened = alg == JwsAlgorithm.ES256 ? ECDsa.Create() : RSA.Create();
        try
        {
            opened.ImportFromEncryptedPem(pem, secret);
        }
        catch (ArgumentException)
        {
            throw new FormatException("The PEM text is not an encrypted private key.");
        }
        catch (CryptographicException)
        {
            throw new FormatException($"The PEM text cannot be decrypted with this secret to a private key for {alg.Name()}.");
        }

        return FromPem(opened.ExportPkcs8PrivateKeyPem(), alg);
    }

    /// <summary>The private key as PKCS#8 in PEM.</summary>
    public string ToPem() => Private.ExportPkcs8PrivateKeyPem();

    /// <summary>
    /// The private key as PKCS#8 in PEM, encrypted by AES-256 under a key that PBKDF2 derives from the secret.
    /// The secret must be random: guessing it is hopeless then, and many iterations would only slow the start down.
    /// </summary>
    public string ToEncryptedPem(string secret) => Private.ExportEncryptedPkcs8PrivateKeyPem(secret, Encryption);

    /// <inheritdoc/>
    public void Dispose()
    {
        _ec?.Dispose();
        _rsa?.Dispose();
    }

    private AsymmetricAlgorithm Private => (AsymmetricAlgorithm?)_ec ?? _rsa!;

    internal JwsHeaders Headers { get; }

    /// <summary>The length of every signature of this key.</summary>
    internal int SignatureLength => _ec is not null ? EcPublicKey.SignatureLength : (_rsa!.KeySize + 7) / 8;

    internal void Sign(ReadOnlySpan<byte> data, Span<byte> signature)
    {
        if (_ec is not null)
        {
            _ec.SignData(data, signature, HashAlgorithmName.SHA256);
        }
        else
        {
            _rsa!.SignData(data, signature, HashAlgorithmName.SHA256, Algorithm.Padding());
        }
    }

    private static SigningKey FromEcPem(string pem, string? keyId)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        if (key.ExportParameters(includePrivateParameters: true) is not { D: not null, Curve.Oid.Value: P256 })
        {
            throw new FormatException("The EC key is not a private key on P-256.");
        }

        return new SigningKey(key, keyId);
    }

    private static SigningKey FromRsaPem(string pem, JwsAlgorithm algorithm, string? keyId)
    {
        var key = RSA.Create();
        key.ImportFromPem(pem);
        if (key.KeySize < RsaPublicKey.MinimumBits || key.ExportParameters(includePrivateParameters: true).D is null)
        {
            throw new FormatException($"The RSA key is not a private key of at least {RsaPublicKey.MinimumBits} bits.");
        }

        return new SigningKey(key, algorithm, keyId);
    }

    private static JsonWebKey Named(PublicKeyMaterial material, JwsAlgorithm algorithm, string? keyId) =>
        new(material, keyId ?? new JsonWebKey(material, keyId: null, algorithm).Thumbprint, algorithm);
}
