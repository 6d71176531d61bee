using StackExchange.Redis;

namespace Platform.IdP.Users;

/// <summary>
/// Tells the world what changed in users.yaml, and ends what people had who were removed or disabled there. What changed follows
/// from what any process last knew, and when Redis has lost that, from what this process knew.
/// </summary>
internal sealed partial class UserChanges(
    UserDirectory users, KnownUsers known, UserChangeEvents events, SessionRevoker revoker, TimeProvider clock,
    ILogger<UserChanges> logger) : BackgroundService
{
    private IReadOnlyList<User> _done = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ConfigurationReload.Interval, clock);
        try
        {
            do
            {
                await TryLookAsync();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task TryLookAsync()
    {
        var present = users.Entries;
        if (ReferenceEquals(present, _done))
        {
            return;
        }

        try
        {
            await LookAsync(present);
            _done = present;
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            LogWaiting(away.Message);
        }
    }

    private async Task LookAsync(IReadOnlyList<User> present)
    {
        var read = await known.ReadAsync();
        var remembered = _done.ToDictionary(user => user.Subject, KnownUser.Of, StringComparer.Ordinal);
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
            await EndAsync(change, raised, transaction);
        }
        else
        {
            await known.TryChangeAsync(change, raised);
        }
    }

    private async Task EndAsync(KnownUserChange change, IReadOnlyList<SecurityEvent> raised, string transaction)
    {
        if (await revoker.RevokeAsync(new SessionEnd(change.Subject, SessionId: null, UserChangeEvents.Cause)
        {
            Grants = EndedGrants.OfUser,
            Beside = raised,
            TransactionId = transaction,
            Change = change,
        }) is not null)
        {
            LogEnded(change.Subject);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Subject} was removed or disabled: her sessions and grants have ended.")]
    private partial void LogEnded(string subject);

    [LoggerMessage(LogLevel.Warning, "What changed in users.yaml cannot be told yet: {Reason}")]
    private partial void LogWaiting(string reason);
}
