using StackExchange.Redis;

namespace Platform.IdP.Users;

/// <summary>
/// Ends what people had who were removed from users.yaml or disabled there. Who they are follows from those whom this
/// process knew, and from those whom any process knew when it last looked, so that an edit counts that was made while
/// nothing ran. Several processes may end the same twice; none may end nothing.
/// </summary>
internal sealed partial class UserDepartures(
    IConnectionMultiplexer redis, UserDirectory users, SessionRevoker revoker,
    TimeProvider clock, ILogger<UserDepartures> logger) : BackgroundService
{
    private const string KnownKey = "idp:users";
    private const string Reason = "The account was removed or disabled.";

    /// <summary>The longest that a grant may live (RefreshTokenOptions), so that nothing is left of whom nobody remembers.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(400);

    private IReadOnlyCollection<User>? _done;

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
        var present = users.All;
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

    private async Task LookAsync(IReadOnlyCollection<User> present)
    {
        var database = redis.GetDatabase();
        var known = (await database.SetMembersAsync(KnownKey)).Select(subject => (string)subject!)
            .Union(_done?.Select(user => user.Subject) ?? []);
        foreach (var subject in known.Except(present.Select(user => user.Subject)))
        {
            await EndAsync(subject);

            // Last: whoever dies before leaves it to the next.
            await database.SetRemoveAsync(KnownKey, subject);
        }

        if (present.Count > 0)
        {
            var transaction = database.CreateTransaction();
            _ = transaction.SetAddAsync(KnownKey, [.. present.Select(user => (RedisValue)user.Subject)]);
            _ = transaction.KeyExpireAsync(KnownKey, Remembered);
            await transaction.ExecuteAsync();
        }
    }

    private async Task EndAsync(string subject)
    {
        await revoker.RevokeAsync(new SessionEnd(subject, SessionId: null, EventCause.Administrator(Reason))
        {
            Grants = EndedGrants.OfUser,
        });
        LogEnded(subject);
    }

    [LoggerMessage(LogLevel.Information, "{Subject} was removed or disabled: her sessions and grants have ended.")]
    private partial void LogEnded(string subject);

    [LoggerMessage(LogLevel.Warning, "The sessions of people who were removed or disabled wait for their end: {Reason}")]
    private partial void LogWaiting(string reason);
}
