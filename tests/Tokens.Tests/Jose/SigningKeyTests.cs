using System.Security.Cryptography;
using System.Text;
using Platform.Tokens.Jose;

namespace Platform.Tokens.Tests.Jose;

public class SigningKeyTests
{
    [Theory]
    [InlineData(JwsAlgorithm.ES256)]
    [InlineData(JwsAlgorithm.PS256)]
    [InlineData(JwsAlgorithm.RS256)]
    public void Survives_PEM(JwsAlgorithm algorithm)
    {
        using var key = SigningKey.Create(algorithm);

        using var read = SigningKey.FromPem(key.ToPem(), algorithm);

        Assert.StartsWith("-----BEGIN PRIVATE KEY-----", key.ToPem(), StringComparison.Ordinal);
        Assert.Equal(key.PublicKey.Thumbprint, read.KeyId);
        var data = Encoding.UTF8.GetBytes("data");
        Assert.True(key.PublicKey.Verify(algorithm, data, TestKeys.Sign(read, data)));
    }

    [Theory]
    [InlineData(JwsAlgorithm.ES256)]
    [InlineData(JwsAlgorithm.PS256)]
    [InlineData(JwsAlgorithm.RS256)]
    public void Survives_encrypted_PEM(JwsAlgorithm algorithm)
    {
        using var key = SigningKey.Create(algorithm);
        var pem = key.ToEncryptedPem("the secret");

        using var read = SigningKey.FromEncryptedPem(pem, "the secret", algorithm);

        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----", pem, StringComparison.Ordinal);
        Assert.Equal((key.KeyId, algorithm), (read.KeyId, read.Algorithm));
        var data = Encoding.UTF8.GetBytes("data");
        Assert.True(key.PublicKey.Verify(algorithm, data, TestKeys.Sign(read, data)));
    }

    [Fact]
    public void Does_not_open_with_another_secret_or_for_another_algorithm()
    {
        var pem = TestKeys.Es256.ToEncryptedPem("the secret");

        RefusesEncrypted("cannot be decrypted with this secret to a private key for ES256", pem, "another", JwsAlgorithm.ES256);
        RefusesEncrypted("cannot be decrypted with this secret to a private key for RS256", pem, "the secret", JwsAlgorithm.RS256);
        RefusesEncrypted("is not an encrypted private key", TestKeys.Es256.ToPem(), "the secret", JwsAlgorithm.ES256);
    }

    [Fact]
    public void Has_the_name_that_it_is_given()
    {
        using var key = SigningKey.FromPem(TestKeys.Es256.ToPem(), JwsAlgorithm.ES256, "2030-01");

        Assert.Equal(("2030-01", "2030-01"), (key.KeyId, key.PublicKey.KeyId));
    }

    [Fact]
    public void Refuses_a_key_of_another_kind()
    {
        Refuses("The PEM text is not a private key for RS256.", TestKeys.Es256.ToPem(), JwsAlgorithm.RS256);
        Refuses("The PEM text is not a private key for ES256.", TestKeys.Rs256.ToPem(), JwsAlgorithm.ES256);
        Refuses("The PEM text is not a private key for ES256.", "nonsense", JwsAlgorithm.ES256);
    }

    [Fact]
    public void Refuses_a_public_key()
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Refuses("The PEM text is not a private key for ES256.", ec.ExportSubjectPublicKeyInfoPem(), JwsAlgorithm.ES256);
    }

    [Fact]
    public void F22_refuses_another_curve()
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Refuses("The EC key is not a private key on P-256.", ec.ExportPkcs8PrivateKeyPem(), JwsAlgorithm.ES256);
    }

    [Fact]
    public void F22_refuses_RSA_of_1024_bits()
    {
        using var rsa = RSA.Create(1024);

        Refuses(
            "The RSA key is not a private key of at least 2048 bits.", rsa.ExportPkcs8PrivateKeyPem(), JwsAlgorithm.PS256);
    }

    private static void RefusesEncrypted(string reason, string pem, string secret, JwsAlgorithm algorithm) => Assert.Contains(
        reason, Assert.Throws<FormatException>(() => SigningKey.FromEncryptedPem(pem, secret, algorithm)).Message, StringComparison.Ordinal);

    private static void Refuses(string reason, string pem, JwsAlgorithm algorithm) =>
        Assert.Equal(reason, Assert.Throws<FormatException>(() => SigningKey.FromPem(pem, algorithm)).Message);
}
