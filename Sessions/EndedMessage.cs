using System.Diagnostics;
using System.Globalization;
using StackExchange.Redis;

namespace Platform.Sessions;

/// <summary>
/// The publication of ended sessions: the trace context of whoever ended them (or an empty line), the number of this
/// ending (0: it had been published before), then a key a line.
/// </summary>
internal sealed record EndedMessage(ActivityContext Context, long Number, IReadOnlyList<string> Keys)
{
    public static readonly RedisChannel Channel = new("sessions.ended", RedisChannel.PatternMode.Literal);

    public static Task PublishAsync(
        IConnectionMultiplexer redis, long number, IEnumerable<string> keys, CancellationToken cancellationToken) =>
        redis.GetSubscriber()
            .PublishAsync(Channel, string.Join('\n', [Activity.Current?.Id ?? "", number.ToString(CultureInfo.InvariantCulture), .. keys]))
            .WaitAsync(cancellationToken);

    public static EndedMessage Parse(string message)
    {
        var lines = message.Split('\n');
        ActivityContext.TryParse(lines[0], traceState: null, isRemote: true, out var context);
        return lines is [_, var number, .. var keys] && long.TryParse(number, CultureInfo.InvariantCulture, out var count)
            ? new(context, count, keys)
            : new(context, 0, []);
    }
}
