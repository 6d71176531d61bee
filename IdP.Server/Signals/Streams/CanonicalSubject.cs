using System.Text.Json;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Signals.Streams;

/// <summary>
/// One text for each subject: two are identical when their texts are (SSF 1.0 section 8.1.3.1). Case does not tell addresses
/// of e-mail apart (RFC 9493 section 3.2.2 leaves it to the parties).
/// </summary>
internal static class CanonicalSubject
{
    public static string Of(SubjectIdentifier subject) => subject switch
    {
        SubjectIdentifier.Email email => new SubjectIdentifier.Email(email.Address.ToLowerInvariant()).ToJson().ToJsonString(),
        SubjectIdentifier.Complex complex => JsonSerializer.Serialize(
            complex.Members.ToDictionary(member => member.Key, member => Of(member.Value))),
        _ => subject.ToJson().ToJsonString(),
    };

    /// <summary>The members of a complex subject, out of its text.</summary>
    public static IReadOnlyDictionary<string, string> Members(string complex) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(complex)!;
}
