using System.Text;
using Platform.Tokens.Jose;

namespace Platform.Tokens.Tests.Jose;

public class JwsTests
{
    private const string Payload = """{"iss":"joe"}""";

    private static readonly JwsRules Rules =
        new(["example"], [JwsAlgorithm.ES256, JwsAlgorithm.PS256, JwsAlgorithm.RS256]);

    private static readonly SigningKey Key = TestKeys.Es256;

    [Theory]
    [InlineData(JwsAlgorithm.ES256)]
    [InlineData(JwsAlgorithm.PS256)]
    [InlineData(JwsAlgorithm.RS256)]
    public void Verifies_what_it_signed(JwsAlgorithm algorithm)
    {
        using var key = SigningKey.Create(algorithm);
        var compact = Jws.Sign(key, "example", Encoding.UTF8.GetBytes(Payload));

        var valid = Assert.IsType<JwsCheck.Valid>(Jws.Verify(compact, new JsonWebKeySet([key.PublicKey]), Rules));

        Assert.Equal(new JwsHeader(algorithm, "example", key.KeyId), valid.Header);
        Assert.Equal("joe", valid.Payload.GetProperty("iss").GetString());
    }

    [Theory]
    [InlineData("example")]
    [InlineData("EXAMPLE")]
    [InlineData("application/example")]
    public void Accepts_the_type_in_every_spelling_of_RFC_7515_4_1_9(string type) =>
        Assert.IsType<JwsCheck.Valid>(Verify(Header(type: type)));

    [Theory]
    [InlineData("""{"alg":"ES256","kid":"KID","typ":"JWT"}""")]
    [InlineData("""{"alg":"ES256","kid":"KID","typ":7}""")]
    [InlineData("""{"alg":"ES256","kid":"KID"}""")]
    public void Refuses_another_type(string header) =>
        Refuses("The type (typ) is not the expected one.", header);

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("' OR 1=1; --")]
    [InlineData("\\u0000")]
    public void T18_knows_no_key_of_a_strange_name(string keyId) =>
        Assert.IsType<JwsCheck.UnknownKey>(Verify($$"""{"alg":"ES256","typ":"example","kid":"{{keyId}}"}"""));

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    [InlineData(10_000)]
    public void T18_refuses_an_empty_or_oversized_kid(int length) => Refuses(
        "The key id (kid) is not a string of 1 to 256 characters.",
        $$"""{"alg":"ES256","typ":"example","kid":"{{new string('x', length)}}"}""");

    [Fact]
    public void T18_refuses_a_kid_that_is_no_string() => Refuses(
        "The key id (kid) is not a string of 1 to 256 characters.", """{"alg":"ES256","typ":"example","kid":["KID"]}""");

    [Fact]
    public void F23_T18_ignores_a_key_that_the_token_brings_along()
    {
        var point = TestKeys.Foreign.PublicKey;
        var jwk = new JsonWebKeySet([point]).ToJson()["{\"keys\":[".Length..^2];
        var header =
            $$"""{"alg":"ES256","typ":"example","kid":"KID","jwk":{{jwk}},"jku":"https://evil.example/jwks","x5u":"https://evil.example/x5u","x5c":["MIIB"]}""";

        Refuses("The signature does not hold.", Verify(header, TestKeys.Foreign));
        Assert.IsType<JwsCheck.Valid>(Verify(header));
    }

    [Theory]
    [InlineData("""["b64"]""")]
    [InlineData("""["exp"]""")]
    [InlineData("[]")]
    [InlineData("null")]
    public void T18_refuses_critical_extensions(string critical) => Refuses(
        "The header has critical extensions (crit).",
        $$"""{"alg":"ES256","typ":"example","kid":"KID","b64":false,"exp":1,"crit":{{critical}}}""");

    [Fact]
    public void Refuses_an_unencoded_payload() => Refuses(
        "The header changes the encoding of the payload (b64).",
        """{"alg":"ES256","typ":"example","kid":"KID","b64":false}""");

    [Fact]
    public void Refuses_the_signature_of_another_key() =>
        Refuses("The signature does not hold.", Verify(Header(), TestKeys.Foreign));

    [Fact]
    public void Tries_all_keys_when_the_token_names_none() =>
        Assert.IsType<JwsCheck.Valid>(Verify("""{"alg":"ES256","typ":"example"}"""));

    [Fact]
    public void F23_tries_all_keys_of_the_same_name()
    {
        using var twin = SigningKey.FromPem(TestKeys.Foreign.ToPem(), JwsAlgorithm.ES256, Key.KeyId);
        var keys = new JsonWebKeySet([twin.PublicKey, Key.PublicKey]);

        Assert.IsType<JwsCheck.Valid>(Jws.Verify(Jws.Sign(Key, "example", Encoding.UTF8.GetBytes(Payload)), keys, Rules));
    }

    private static string Header(string type = "example") => $$"""{"alg":"ES256","typ":"{{type}}","kid":"KID"}""";

    private static JwsCheck Verify(string header, SigningKey? key = null) => Jws.Verify(
        TestKeys.Sign(key ?? Key, header.Replace("KID", Key.KeyId, StringComparison.Ordinal), Payload), TestKeys.Set, Rules);

    private static void Refuses(string reason, string header) => Refuses(reason, Verify(header));

    private static void Refuses(string reason, JwsCheck check) =>
        Assert.Equal(reason, Assert.IsType<JwsCheck.Refused>(check).Reason);
}
