using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Recent;

/// <summary>Whom an event is about, in few words: enough to find the person again, too little to write to or to guess with.</summary>
internal static class RedactedSubject
{
    private const int Shown = 8;

    public static string Of(SubjectIdentifier subject) => subject switch
    {
        SubjectIdentifier.IssuerSubject user => user.Subject,
        SubjectIdentifier.Opaque id => Cut(id.Id),
        SubjectIdentifier.Email email => Mask(email.Address),
        SubjectIdentifier.Complex complex => string.Join(", ", complex.Members.Select(member => $"{member.Key} {Of(member.Value)}")),
        SubjectIdentifier.Aliases aliases => string.Join(" = ", aliases.Identifiers.Select(Of)),
        _ => subject.ToJson()["format"]!.GetValue<string>(),
    };

    private static string Cut(string text) => text.Length <= Shown ? text : $"{text[..Shown]}…";

    private static string Mask(string address) => address.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
        ? $"{address[0]}…{address[at..]}"
        : "…";
}
