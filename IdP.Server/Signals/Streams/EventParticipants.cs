using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Signals.Streams;

/// <summary>Whom an event is about: for each member of its subject all the names by which it is known to the receiver.</summary>
internal sealed class EventParticipants
{
    private const string User = "user";

    private readonly Dictionary<string, HashSet<string>> _names = new(StringComparer.Ordinal);

    /// <param name="aliases">Other names of the user, which the event does not say.</param>
    public EventParticipants(SubjectIdentifier subject, IEnumerable<SubjectIdentifier> aliases)
    {
        var members = subject is SubjectIdentifier.Complex complex ? complex.Members : [new(User, subject)];
        foreach (var (name, value) in members)
        {
            Add(name, value);
        }

        foreach (var alias in aliases)
        {
            Add(User, alias);
        }
    }

    /// <summary>All names, of whatever member.</summary>
    public IEnumerable<string> Identifiers => _names.Values.SelectMany(names => names);

    /// <summary>SSF 1.0 section 8.1.3.1: a member that one of the two does not have matches.</summary>
    public bool Match(IReadOnlyDictionary<string, string> subject) =>
        subject.All(member => !_names.TryGetValue(member.Key, out var names) || names.Contains(member.Value));

    /// <summary>
    /// Whether the subject covers all that the event is about. More is not kept from a receiver that removed the subject: an
    /// event about a user is about more than the user on one device.
    /// </summary>
    public bool AreWithin(IReadOnlyDictionary<string, string> subject) =>
        subject.All(member => _names.TryGetValue(member.Key, out var names) && names.Contains(member.Value));

    private void Add(string member, SubjectIdentifier subject)
    {
        if (!_names.TryGetValue(member, out var names))
        {
            _names[member] = names = new HashSet<string>(StringComparer.Ordinal);
        }

        names.Add(CanonicalSubject.Of(subject));
        if (subject is SubjectIdentifier.Aliases several)
        {
            names.UnionWith(several.Identifiers.Select(CanonicalSubject.Of));
        }
    }
}
