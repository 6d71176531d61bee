using System.Globalization;
using StackExchange.Redis;

namespace Platform.Sessions;

/// <summary>What is demanded of a session before it may be used further; zero where nothing is.</summary>
/// <param name="Refresh">The number of the refresh of claims and tokens that is to be done.</param>
/// <param name="StepUp">An authentication must be later than this (Unix milliseconds).</param>
public readonly record struct SessionDemands(long Refresh, long StepUp)
{
    /// <summary>From the fields of a session in Redis, where a refresh that was done is no longer there.</summary>
    internal static SessionDemands Of(RedisValue refresh, RedisValue stepUp) =>
        new(refresh.IsNull ? 0 : (long)refresh, stepUp.IsNull ? 0 : (long)stepUp);

    /// <summary>From what is demanded of its user and of its session at the issuer.</summary>
    internal static SessionDemands Of(ReadOnlySpan<RedisValue> found, long refreshedFor)
    {
        var (refresh, stepUp) = (0L, 0L);
        foreach (var value in found)
        {
            if (((string?)value)?.Split(':') is [var one, var other])
            {
                refresh = Math.Max(refresh, long.Parse(one, CultureInfo.InvariantCulture));
                stepUp = Math.Max(stepUp, long.Parse(other, CultureInfo.InvariantCulture));
            }
        }

        return new(refresh > refreshedFor ? refresh : 0, stepUp);
    }

    /// <summary>Where demands on a session are, and what their publications call it.</summary>
    internal static IReadOnlyList<string> NamesOf(SessionRecord record) => record.SessionId is { } sid
        ? [SessionKeys.DemandOnSubject(record.Issuer, record.Subject), SessionKeys.DemandOnSessionId(record.Issuer, sid)]
        : [SessionKeys.DemandOnSubject(record.Issuer, record.Subject)];
}
