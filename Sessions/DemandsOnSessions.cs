using Microsoft.Extensions.Options;
using Platform.Sessions.Scripts;
using StackExchange.Redis;

namespace Platform.Sessions;

/// <summary>What an event can demand of sessions that go on.</summary>
public enum Demand
{
    /// <summary>That claims and tokens are fetched again before the next use.</summary>
    Refresh,

    /// <summary>That the user proves anew who they are.</summary>
    StepUp,
}

/// <summary>
/// Demands something of sessions because their issuer says so, in one step of Redis, and tells every replica.
/// </summary>
public sealed class DemandsOnSessions(IConnectionMultiplexer redis, TimeProvider clock, IOptions<SessionsOptions>? options = null)
{
    private static readonly StoredScript Script = StoredScript.OfEvent("demand");

    private readonly SessionsOptions _options = options?.Value ?? new();

    /// <summary>
    /// Of the sessions that <paramref name="order"/> names, and of those whose sign-in is in flight. Safe to repeat; an
    /// older event that comes later takes nothing back.
    /// </summary>
    /// <exception cref="ArgumentException">Neither subject nor session is named.</exception>
    public async Task<RevocationOutcome> DemandAsync(Revocation order, Demand demand, CancellationToken cancellationToken)
    {
        var (name, index) = order switch
        {
            { SessionId: { } sid } => (SessionKeys.DemandOnSessionId(order.Issuer, sid), SessionKeys.OfSessionId(order.Issuer, sid)),
            { Subject: { } sub } => (SessionKeys.DemandOnSubject(order.Issuer, sub), SessionKeys.OfSubject(order.Issuer, sub)),
            _ => throw new ArgumentException("A demand names a subject, a session, or both.", nameof(order)),
        };

        // A clock of the issuer that runs ahead must not keep the user out until it is right.
        var now = clock.GetUtcNow();
        var occurredAt = order.OccurredAt < now ? order.OccurredAt : now;

        var result = (RedisValue[])(await Script.RunAsync(
            redis,
            [SessionKeys.Event(order.Transmitter, order.EventId), name, index, SessionKeys.Endings],
            [
                demand is Demand.Refresh ? "refresh" : "step_up",
                occurredAt.ToUnixTimeMilliseconds(),
                (long)_options.LongestLifetime.TotalMilliseconds,
                .. EndedMessage.ChangeArguments,
            ],
            cancellationToken))!;
        return new RevocationOutcome((int)result[1], Repeated: (int)result[0] == 1);
    }
}
