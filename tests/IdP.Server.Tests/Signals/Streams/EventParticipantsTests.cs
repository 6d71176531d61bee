using System.Text.Json;
using Platform.IdP.Signals.Streams;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Tests.Signals.Streams;

/// <summary>The examples of SSF 1.0 section 8.1.3.1.</summary>
public sealed class EventParticipantsTests
{
    private const string User = """ "user":{"format":"email","email":"jdoe@example.com"} """;
    private const string Tenant = """ "tenant":{"format":"opaque","id":"example-a38h4792-uw2"} """;
    private const string Device = """ "device":{"format":"ip-addresses","ip-addresses":["10.29.37.75"]} """;
    private const string Group = """ "group":{"format":"did","url":"did:example:123456"} """;
    private const string OtherGroup = """ "group":{"format":"did","url":"did:example:9999999"} """;

    [Theory]
    [InlineData(Tenant, $"{Tenant},{User}", true, true)]
    [InlineData($"{User},{Device}", User, true, false)]
    [InlineData($"{User},{Group}", $"{User},{OtherGroup}", false, false)]
    [InlineData($"{User},{Group}", $"{User},{Group}", true, true)]
    [InlineData(Tenant, User, true, false)]
    public void A_member_that_one_of_the_two_has_not_is_a_wildcard(string added, string raised, bool matches, bool covers)
    {
        var participants = new EventParticipants(Parse(raised), []);
        var members = CanonicalSubject.Members(CanonicalSubject.Of(Parse(added)));

        Assert.Equal(matches, participants.Match(members));
        Assert.Equal(covers, participants.AreWithin(members));
    }

    [Fact]
    public void Each_alias_of_a_subject_is_a_name_of_it()
    {
        var email = new SubjectIdentifier.Email("JDoe@example.com");
        var participants = new EventParticipants(new SubjectIdentifier.Aliases([email, new SubjectIdentifier.Opaque("j")]), []);

        Assert.Contains(CanonicalSubject.Of(new SubjectIdentifier.Email("jdoe@example.com")), participants.Identifiers);
        Assert.Contains(CanonicalSubject.Of(new SubjectIdentifier.Opaque("j")), participants.Identifiers);
        Assert.DoesNotContain(CanonicalSubject.Of(new SubjectIdentifier.Opaque("J")), participants.Identifiers);
    }

    private static SubjectIdentifier Parse(string members) => SubjectIdentifier.Parse(
        JsonSerializer.Deserialize<JsonElement>($$"""{"format":"complex",{{members}}}"""));
}
