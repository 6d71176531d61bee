using System.Diagnostics;
using StackExchange.Redis;

namespace Platform.Sessions;

/// <summary>
/// The publication of ended sessions: the trace context of whoever ended them (or an empty line), then a key a line.
/// </summary>
internal sealed record EndedMessage(ActivityContext Context, IReadOnlyList<string> Keys)
{
    public static readonly RedisChannel Channel = new("sessions.ended", RedisChannel.PatternMode.Literal);

    public static Task PublishAsync(
        IConnectionMultiplexer redis, IEnumerable<string> keys, CancellationToken cancellationToken) =>
        redis.GetSubscriber()
            .PublishAsync(Channel, string.Join('\n', keys.Prepend(Activity.Current?.Id ?? "")))
            .WaitAsync(cancellationToken);

    public static EndedMessage Parse(string message)
    {
        var lines = message.Split('\n');
        ActivityContext.TryParse(lines[0], traceState: null, isRemote: true, out var context);
        return new(context, lines[1..]);
    }
}
