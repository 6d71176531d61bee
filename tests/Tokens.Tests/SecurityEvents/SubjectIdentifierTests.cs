using System.Text.Json;
using Platform.Tokens.SecurityEvents;

namespace Platform.Tokens.Tests.SecurityEvents;

public class SubjectIdentifierTests
{
    public static TheoryData<string, SubjectIdentifier> Formats => new()
    {
        { """{"format":"iss_sub","iss":"https://i","sub":"ada"}""", new SubjectIdentifier.IssuerSubject("https://i", "ada") },
        { """{"format":"opaque","id":"s-1"}""", new SubjectIdentifier.Opaque("s-1") },
        { """{"format":"email","email":"ada@example.com"}""", new SubjectIdentifier.Email("ada@example.com") },
        {
            """{"format":"complex","user":{"format":"email","email":"a@b"},"session":{"format":"opaque","id":"s-1"}}""",
            new SubjectIdentifier.Complex(new SubjectIdentifier.Email("a@b"), new SubjectIdentifier.Opaque("s-1"))
        },
        {
            """{"format":"complex","user":{"format":"iss_sub","iss":"https://i","sub":"ada"}}""",
            new SubjectIdentifier.Complex(new SubjectIdentifier.IssuerSubject("https://i", "ada"), Session: null)
        },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void X5_is_read_and_written(string json, SubjectIdentifier subject)
    {
        Assert.Equal(subject, SubjectIdentifier.Parse(JsonElement.Parse(json)));
        Assert.Equal(json, subject.ToJson().ToJsonString());
    }

    [Fact]
    public void X7_ignores_unknown_members() => Assert.Equal(
        new SubjectIdentifier.Complex(User: null, new SubjectIdentifier.Opaque("s-1")),
        SubjectIdentifier.Parse(JsonElement.Parse("""{"format":"complex","tenant":7,"session":{"format":"opaque","id":"s-1","x":1}}""")));

    [Theory]
    [InlineData("7", "The subject identifier is not a JSON object.")]
    [InlineData("{}", "The format of the subject identifier is not known.")]
    [InlineData("""{"format":"phone_number","phone_number":"+1"}""", "The format of the subject identifier is not known.")]
    [InlineData("""{"format":"iss_sub","iss":"https://i"}""", "The subject identifier has no sub.")]
    [InlineData("""{"format":"opaque","id":7}""", "The subject identifier has no id.")]
    [InlineData("""{"format":"email","email":""}""", "The subject identifier has no email.")]
    [InlineData("""{"format":"complex","device":{"format":"opaque","id":"d"}}""", "The complex subject names neither a user nor a session.")]
    [InlineData(
        """{"format":"complex","user":{"format":"complex","session":{"format":"opaque","id":"d"}}}""", "A complex subject is nested in another.")]
    public void Refuses_what_it_cannot_understand(string json, string reason) => Assert.Equal(
        reason, Assert.Throws<FormatException>(() => SubjectIdentifier.Parse(JsonElement.Parse(json))).Message);
}
