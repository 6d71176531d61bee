using System.Diagnostics;
using System.Globalization;
using StackExchange.Redis;

namespace Platform.Sessions;

/// <summary>
/// The publication of ended sessions, made by the script that ends them, a line each: the trace context of whoever ended them (may be empty), the number of
/// this ending (0: it had been published before), when it happened (Unix milliseconds), whether it is an end or only a change,
/// then the names of what ended or changed: sessions, and tombstones of, or demands on, the issuer's sessions and users.
/// </summary>
internal sealed record EndedMessage(
    ActivityContext Context, long Number, DateTimeOffset OccurredAt, bool IsEnd, IReadOnlyList<string> Names)
{
    private const string End = "ended";
    private const string Change = "changed";

    public static readonly RedisChannel Channel = new("sessions.ended", RedisChannel.PatternMode.Literal);

    /// <summary>What a script needs to publish an end: the last of its arguments.</summary>
    public static RedisValue[] EndArguments => ArgumentsFor(End);

    /// <summary>What a script needs to publish a change.</summary>
    public static RedisValue[] ChangeArguments => ArgumentsFor(Change);

    private static RedisValue[] ArgumentsFor(string kind) => [Activity.Current?.Id ?? "", (string)Channel!, kind];

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
