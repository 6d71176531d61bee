using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Tokens.SecurityEvents;

namespace Platform.Tokens.Tests.SecurityEvents;

public class SubjectIdentifierTests
{
    public static TheoryData<string, SubjectIdentifier> Formats => new()
    {
        { """{"format":"iss_sub","iss":"https://i","sub":"ada"}""", new SubjectIdentifier.IssuerSubject("https://i", "ada") },
        { """{"format":"opaque","id":"s-1"}""", new SubjectIdentifier.Opaque("s-1") },
        { """{"format":"email","email":"ada@example.com"}""", new SubjectIdentifier.Email("ada@example.com") },
        { """{"format":"account","uri":"acct:ada@example.com"}""", new SubjectIdentifier.Account("acct:ada@example.com") },
        { """{"format":"phone_number","phone_number":"+41440000000"}""", new SubjectIdentifier.PhoneNumber("+41440000000") },
        { """{"format":"did","url":"did:example:1"}""", new SubjectIdentifier.DecentralizedIdentifier("did:example:1") },
        { """{"format":"uri","uri":"urn:uuid:1"}""", new SubjectIdentifier.UniformResource("urn:uuid:1") },
        { """{"format":"jwt_id","iss":"https://i","jti":"j-1"}""", new SubjectIdentifier.JwtId("https://i", "j-1") },
        {
            """{"format":"saml_assertion_id","issuer":"https://i","assertion_id":"a-1"}""",
            new SubjectIdentifier.SamlAssertionId("https://i", "a-1")
        },
        {
            """{"format":"ip-addresses","ip-addresses":["192.0.2.1","2001:db8::1"]}""",
            new SubjectIdentifier.IpAddresses(["192.0.2.1", "2001:db8::1"])
        },
        {
            """{"format":"aliases","identifiers":[{"format":"email","email":"a@b"},{"format":"opaque","id":"u-1"}]}""",
            new SubjectIdentifier.Aliases([new SubjectIdentifier.Email("a@b"), new SubjectIdentifier.Opaque("u-1")])
        },
        {
            """{"format":"complex","user":{"format":"email","email":"a@b"},"session":{"format":"opaque","id":"s-1"}}""",
            new SubjectIdentifier.Complex(new SubjectIdentifier.Email("a@b"), new SubjectIdentifier.Opaque("s-1"))
        },
        {
            """{"format":"complex","user":{"format":"iss_sub","iss":"https://i","sub":"ada"}}""",
            new SubjectIdentifier.Complex(new SubjectIdentifier.IssuerSubject("https://i", "ada"), Session: null)
        },
        {
            """{"format":"complex","device":{"format":"opaque","id":"d"},"application":{"format":"opaque","id":"a"},"tenant":{"format":"opaque","id":"t"},"org_unit":{"format":"opaque","id":"o"},"group":{"format":"opaque","id":"g"}}""",
            new SubjectIdentifier.Complex(User: null, Session: null)
            {
                Device = new SubjectIdentifier.Opaque("d"),
                Application = new SubjectIdentifier.Opaque("a"),
                Tenant = new SubjectIdentifier.Opaque("t"),
                OrganizationalUnit = new SubjectIdentifier.Opaque("o"),
                Group = new SubjectIdentifier.Opaque("g"),
            }
        },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void X5_is_read_and_written(string json, SubjectIdentifier subject)
    {
        Assert.Equal(subject, SubjectIdentifier.Parse(JsonElement.Parse(json)));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), subject.ToJson()));
    }

    [Fact]
    public void X7_ignores_unknown_members() => Assert.Equal(
        new SubjectIdentifier.Complex(User: null, new SubjectIdentifier.Opaque("s-1")),
        SubjectIdentifier.Parse(JsonElement.Parse("""{"format":"complex","mood":7,"session":{"format":"opaque","id":"s-1","x":1}}""")));

    [Theory]
    [InlineData("7", "The subject identifier is not a JSON object.")]
    [InlineData("{}", "The format of the subject identifier is not known.")]
    [InlineData("""{"format":"iban","iban":"CH1"}""", "The format of the subject identifier is not known.")]
    [InlineData("""{"format":"iss_sub","iss":"https://i"}""", "The subject identifier has no sub.")]
    [InlineData("""{"format":"opaque","id":7}""", "The subject identifier has no id.")]
    [InlineData("""{"format":"email","email":""}""", "The subject identifier has no email.")]
    [InlineData("""{"format":"complex","mood":{"format":"opaque","id":"d"}}""", "The complex subject names nobody.")]
    [InlineData("""{"format":"aliases","identifiers":[]}""", "The subject identifier has no identifiers.")]
    [InlineData("""{"format":"aliases","identifiers":[{"format":"aliases","identifiers":[{"format":"opaque","id":"d"}]}]}""", "An alias of the subject consists of several itself.")]
    [InlineData("""{"format":"ip-addresses","ip-addresses":"192.0.2.1"}""", "The subject identifier has no ip-addresses.")]
    [InlineData("""{"format":"ip-addresses","ip-addresses":[7]}""", "An address of the subject is not a text.")]
    [InlineData(
        """{"format":"complex","user":{"format":"complex","session":{"format":"opaque","id":"d"}}}""", "A complex subject is nested in another.")]
    public void Refuses_what_it_cannot_understand(string json, string reason) => Assert.Equal(
        reason, Assert.Throws<FormatException>(() => SubjectIdentifier.Parse(JsonElement.Parse(json))).Message);
}
