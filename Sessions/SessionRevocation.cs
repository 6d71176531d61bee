using Microsoft.Extensions.Options;
using Platform.Sessions.Scripts;
using StackExchange.Redis;

namespace Platform.Sessions;

/// <summary>Ends sessions because their issuer says so, in one step of Redis, and tells every replica.</summary>
public sealed class SessionRevocation(
    IConnectionMultiplexer redis, TimeProvider clock, IOptions<SessionsOptions>? options = null)
{
    private static readonly StoredScript Revoke = StoredScript.OfEvent("revoke");

    private readonly SessionsOptions _options = options?.Value ?? new();

    /// <summary>
    /// Leaves a tombstone, so that a sign-in in flight does not survive, and ends what there is. When it returns, no
    /// replica finds those sessions any more. Safe to repeat.
    /// </summary>
    /// <exception cref="ArgumentException">Neither subject nor session is named.</exception>
    public async Task<RevocationOutcome> RevokeAsync(Revocation revocation, CancellationToken cancellationToken)
    {
        var (kind, tombstone, index) = revocation switch
        {
            { SessionId: { } sid } => ("sid",
                SessionKeys.Revoked(revocation.Issuer, sid), SessionKeys.OfSessionId(revocation.Issuer, sid)),
            { Subject: { } sub } => ("sub",
                SessionKeys.NotBefore(revocation.Issuer, sub), SessionKeys.OfSubject(revocation.Issuer, sub)),
            _ => throw new ArgumentException("A revocation names a subject, a session, or both.", nameof(revocation)),
        };

        // A clock of the issuer that runs ahead must not lock the user out until it is right.
        var now = clock.GetUtcNow();
        var occurredAt = revocation.OccurredAt < now ? revocation.OccurredAt : now;

        var result = (RedisValue[])(await Revoke.RunAsync(
            redis,
            [SessionKeys.Event(revocation.Transmitter, revocation.EventId), tombstone, index, SessionKeys.Endings],
            [
                kind, occurredAt.ToUnixTimeMilliseconds(), (long)_options.LongestLifetime.TotalMilliseconds,
                .. EndedMessage.EndArguments,
            ],
            cancellationToken))!;
        return new RevocationOutcome((int)result[1], Repeated: (int)result[0] == 1);
    }
}
