using System.Security.Cryptography;
using System.Text;
using Platform.Tokens.Jose;

namespace Platform.Tokens.Tests.Jose;

public class JwsAlgorithmTests
{
    private const string Payload = """{"iss":"joe"}""";
    private const string NotAccepted = "The algorithm (alg) is not accepted.";

    private static readonly JwsRules Rules =
        new(["example"], [JwsAlgorithm.ES256, JwsAlgorithm.PS256, JwsAlgorithm.RS256]);

    [Theory]
    [InlineData("none")]
    [InlineData("NONE")]
    [InlineData("es256")]
    [InlineData("HS256")]
    [InlineData("ES384")]
    [InlineData("")]
    public void F21_T17_refuses_other_algorithms(string algorithm)
    {
        var header = $$"""{"alg":"{{algorithm}}","typ":"example","kid":"{{TestKeys.Es256.KeyId}}"}""";

        Refuses(NotAccepted, Jws.Verify(TestKeys.Sign(TestKeys.Es256, header, Payload), TestKeys.Set, Rules));
    }

    [Fact]
    public void F21_T17_refuses_none_without_a_signature()
    {
        var compact = $"{TestKeys.Encode("""{"alg":"none","typ":"example"}""")}.{TestKeys.Encode(Payload)}.";

        Refuses(NotAccepted, Jws.Verify(compact, TestKeys.Set, Rules));
    }

    [Fact]
    public void T17_refuses_HS256_with_the_public_key_as_the_secret()
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(TestKeys.Rs256.ToPem());
        var input =
            $"{TestKeys.Encode($$"""{"alg":"HS256","typ":"example","kid":"{{TestKeys.Rs256.KeyId}}"}""")}.{TestKeys.Encode(Payload)}";
        var secret = Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem());
        var signature = Convert.ToBase64String(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(input)));

        var check =
            Jws.Verify($"{input}.{signature.TrimEnd('=').Replace('+', '-').Replace('/', '_')}", TestKeys.Set, Rules);

        Refuses(NotAccepted, check);
    }

    [Fact]
    public void T17_refuses_an_algorithm_that_the_rules_do_not_name()
    {
        var compact = Jws.Sign(TestKeys.Rs256, "example", Encoding.UTF8.GetBytes(Payload));

        Refuses(NotAccepted, Jws.Verify(compact, TestKeys.Set, Rules with { Algorithms = [JwsAlgorithm.ES256] }));
    }

    [Fact]
    public void T17_refuses_to_use_a_key_for_another_algorithm()
    {
        // The same RSA key, published for RS256, signs a perfect PS256.
        using var other = SigningKey.FromPem(TestKeys.Rs256.ToPem(), JwsAlgorithm.PS256);
        var compact = Jws.Sign(other, "example", Encoding.UTF8.GetBytes(Payload));

        Refuses("The key is not for this algorithm (alg).", Jws.Verify(compact, TestKeys.Set, Rules));
    }

    private static void Refuses(string reason, JwsCheck check) =>
        Assert.Equal(reason, Assert.IsType<JwsCheck.Refused>(check).Reason);
}
