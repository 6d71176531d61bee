using System.Text;
using Platform.Tokens.Jose;

namespace Platform.Tokens.Tests.Jose;

public class JwsSyntaxTests
{
    private static readonly JwsRules Rules = new(["example"], [JwsAlgorithm.ES256]);
    private static readonly string Header = TestKeys.Encode($$"""{"alg":"ES256","typ":"example","kid":"{{TestKeys.Es256.KeyId}}"}""");
    private static readonly string Good = TestKeys.Join(Header, TestKeys.Encode("""{"a":1}"""), TestKeys.Es256);

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("a.b.c.d.e")]
    public void Refuses_anything_but_three_parts(string compact) =>
        Refuses("The token has not exactly three parts.", compact);

    [Fact]
    public void Refuses_an_oversized_token() =>
        Refuses("The token is longer than 16 KB.", new string('a', (16 * 1024) + 1));

    [Theory]
    [InlineData("=")]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData("+")]
    [InlineData("é")]
    public void Refuses_a_signature_in_another_alphabet(string added) =>
        Refuses("The signature is not base64url.", Good + added);

    [Fact]
    public void Refuses_an_oversized_signature() =>
        Refuses("The signature is not base64url.", Good + new string('A', 2000));

    [Fact]
    public void Refuses_a_respelled_signature()
    {
        // 64 octets leave four unused bits in the last character.
        var last = Good[^1];
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

        Refuses(
            "The signature is not base64url.", Good[..^1] + Alphabet[Alphabet.IndexOf(last, StringComparison.Ordinal) + 1]);
    }

    [Fact]
    public void Refuses_a_padded_header() =>
        Refuses("The header is not base64url.", TestKeys.Join(Header + "==", TestKeys.Encode("{}"), TestKeys.Es256));

    [Fact]
    public void Refuses_a_payload_that_is_not_base64url() =>
        Refuses("The payload is not base64url.", TestKeys.Join(Header, TestKeys.Encode("{}") + "=", TestKeys.Es256));

    [Theory]
    [InlineData("[]")]
    [InlineData("nonsense")]
    [InlineData("""{"alg":"ES256","alg":"none","typ":"example"}""")]
    [InlineData("""{"alg":"ES256","\u0061lg":"none","typ":"example"}""")]
    [InlineData("""{"alg":"ES256",}""")]
    public void T29_refuses_a_broken_or_ambiguous_header(string header) => Refuses(
        "The header is not a JSON object with unique members.", TestKeys.Sign(TestKeys.Es256, header, "{}"));

    [Theory]
    [InlineData("7")]
    [InlineData("")]
    [InlineData("""{"sub":"ada","sub":"grace"}""")]
    [InlineData("""{"a":{"b":1,"b":2}}""")]
    [InlineData("""{"a":1} x""")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]")]
    public void T29_refuses_a_broken_or_ambiguous_payload(string payload) => Refuses(
        "The payload is not a JSON object with unique members.", TestKeys.Join(Header, TestKeys.Encode(payload), TestKeys.Es256));

    [Fact]
    public void Refuses_every_change_of_a_single_character()
    {
        for (var i = 0; i < Good.Length; i++)
        {
            var changed = new StringBuilder(Good) { [i] = Good[i] == 'A' ? 'B' : 'A' }.ToString();

            Assert.IsNotType<JwsCheck.Valid>(Jws.Verify(changed, TestKeys.Set, Rules));
        }
    }

    [Fact]
    public void Verifies_and_signs_with_one_key_on_many_threads() => Parallel.For(0, 2000, i =>
    {
        var key = (i % 3) switch { 0 => TestKeys.Es256, 1 => TestKeys.Ps256, _ => TestKeys.Rs256 };
        var compact = Jws.Sign(key, "example", Encoding.UTF8.GetBytes($$"""{"i":{{i}}}"""));
        var check = Jws.Verify(compact, TestKeys.Set, Rules with { Algorithms = [key.Algorithm] });
        Assert.Equal(i, Assert.IsType<JwsCheck.Valid>(check).Payload.GetProperty("i").GetInt32());
    });

    private static void Refuses(string reason, string compact) =>
        Assert.Equal(reason, Assert.IsType<JwsCheck.Refused>(Jws.Verify(compact, TestKeys.Set, Rules)).Reason);
}
