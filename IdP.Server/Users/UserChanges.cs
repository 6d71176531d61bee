namespace Platform.IdP.Users;

/// <summary>
/// Tells the world what changed in users.yaml, and ends what people had who were removed or disabled there. What changed follows
/// from what any process last knew, and when Redis has lost that, from what this process knew.
/// </summary>
internal sealed partial class UserChanges(
    UserDirectory users, KnownUsers known, UserChangeEvents events, SessionRevoker revoker, TimeProvider clock,
    ILogger<UserChanges> logger) : SnapshotFollower<IReadOnlyList<User>>(clock, logger)
{
    protected override IReadOnlyList<User> Current => users.Entries;

    protected override async Task FollowAsync(IReadOnlyList<User> present, IReadOnlyList<User>? former)
    {
        var read = await known.ReadAsync();
        var remembered = (former ?? []).ToDictionary(user => user.Subject, KnownUser.Of, StringComparer.Ordinal);
        var entries = present.ToDictionary(user => user.Subject, StringComparer.Ordinal);
        foreach (var subject in entries.Keys.Union(read.Keys).Union(remembered.Keys))
        {
            var text = read.GetValueOrDefault(subject);
            var before = text is null ? remembered.GetValueOrDefault(subject) : KnownUser.Parse(text);
            var now = entries.GetValueOrDefault(subject);
            var change = new KnownUserChange(subject, text, now is null ? null : KnownUser.Of(now).Write());
            if (change.Next != text || text is null)
            {
                await ChangeAsync(change, before, now);
            }
        }
    }

    private async Task ChangeAsync(KnownUserChange change, KnownUser? before, User? now)
    {
        var transaction = Handle.New();
        var raised = before is null ? [] : events.Make(change.Subject, before, now, transaction);
        if (before is { IsDisabled: false } && now is null or { IsDisabled: true })
        {
            await EndAsync(change, before.Email, raised, transaction);
        }
        else
        {
            await known.TryChangeAsync(change, raised);
        }
    }

    private async Task EndAsync(
        KnownUserChange change, string? email, IReadOnlyList<SecurityEvent> raised, string transaction)
    {
        if (await revoker.RevokeAsync(new SessionEnd(change.Subject, SessionId: null, UserChangeEvents.Cause)
        {
            Grants = EndedGrants.OfUser,
            Beside = raised,
            TransactionId = transaction,
            Email = email,
            Change = change,
        }) is not null)
        {
            LogEnded(change.Subject);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Subject} was removed or disabled: her sessions and grants have ended.")]
    private partial void LogEnded(string subject);
}
