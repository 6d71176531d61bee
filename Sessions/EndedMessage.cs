using System.Diagnostics;
using System.Globalization;
using StackExchange.Redis;

namespace Platform.Sessions;

/// <summary>
/// The publication of ended sessions, a line each: the trace context of whoever ended them (may be empty), the number of
/// this ending (0: it had been published before), when it happened (Unix milliseconds), whether it is an end or only a change,
/// then the names of what ended or changed: sessions, and tombstones of, or demands on, the issuer's sessions and users.
/// </summary>
internal sealed record EndedMessage(
    ActivityContext Context, long Number, DateTimeOffset OccurredAt, bool IsEnd, IReadOnlyList<string> Names)
{
    private const string End = "ended";
    private const string Change = "changed";

    public static readonly RedisChannel Channel = new("sessions.ended", RedisChannel.PatternMode.Literal);

    public static Task PublishAsync(
        IConnectionMultiplexer redis, long number, DateTimeOffset occurredAt, IEnumerable<string> names, CancellationToken cancellationToken) =>
        PublishAsync(redis, End, number, occurredAt, names, cancellationToken);

    /// <summary>What is remembered of these is no longer so; they go on.</summary>
    public static Task PublishChangeAsync(
        IConnectionMultiplexer redis, long number, DateTimeOffset occurredAt, IEnumerable<string> names, CancellationToken cancellationToken) =>
        PublishAsync(redis, Change, number, occurredAt, names, cancellationToken);

    private static Task<long> PublishAsync(
        IConnectionMultiplexer redis, string kind, long number, DateTimeOffset occurredAt, IEnumerable<string> names,
        CancellationToken cancellationToken)
    {
        string[] lines =
        [
            Activity.Current?.Id ?? "",
            number.ToString(CultureInfo.InvariantCulture),
            occurredAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            kind,
            .. names,
        ];
        return redis.GetSubscriber().PublishAsync(Channel, string.Join('\n', lines)).WaitAsync(cancellationToken);
    }

    public static EndedMessage Parse(string message)
    {
        var lines = message.Split('\n');
        ActivityContext.TryParse(lines[0], traceState: null, isRemote: true, out var context);
        return lines is [_, var number, var occurredAt, var kind, .. var names] &&
            long.TryParse(number, CultureInfo.InvariantCulture, out var count) &&
            long.TryParse(occurredAt, CultureInfo.InvariantCulture, out var milliseconds)
                ? new(context, count, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), kind == End, names)
                : new(context, 0, DateTimeOffset.UnixEpoch, IsEnd: true, []);
    }
}
