using Platform.Tokens.SecurityEvents;
using StackExchange.Redis;

namespace Platform.IdP.Credentials;

/// <summary>
/// Raises credential-change events. Credentials are on disk and the outbox is in Redis: so the event is written into the file in
/// the same step as the change, and who has such a file is noted in Redis before. Whoever finds the note takes the event on.
/// </summary>
internal sealed class CredentialEvents(
    EventFactory events, Outbox outbox, IConnectionMultiplexer redis, AuditLog audit)
{
    private const string NotesKey = "idp:credentials-untold";
    private static readonly EventCause Cause = EventCause.User("Changed by the user.");

    private IDatabase Database => redis.GetDatabase();

    public IReadOnlyList<SecurityEvent> Make(PersonCredentials before, PersonCredentials after)
    {
        var transaction = Handle.New();
        return
        [
            .. CredentialDifference.Between(before, after).Select(change => events.Make(EventTypes.CredentialChange,
                new EventSubject { User = after.Subject }, Cause, change.ToMembers(), transaction)),
        ];
    }

    /// <summary>Call before the file is written.</summary>
    public Task NoteAsync(string subject) => Database.SetAddAsync(NotesKey, subject);

    /// <summary>Call when the file holds no event any more.</summary>
    public Task ForgetAsync(string subject) => Database.SetRemoveAsync(NotesKey, subject);

    /// <summary>Those whose file may hold an event.</summary>
    public async Task<IReadOnlyList<string>> NotedAsync() =>
        [.. (await Database.SetMembersAsync(NotesKey)).Select(subject => (string)subject!)];

    public Task TellAsync(IReadOnlyList<SecurityEvent> raised) => outbox.AddAsync(raised);

    public void Audit(PersonCredentials before, PersonCredentials after)
    {
        foreach (var change in CredentialDifference.Between(before, after))
        {
            audit.CredentialChanged(after.Subject, change.CredentialType, change.ChangeType);
        }
    }
}
