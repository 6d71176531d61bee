using System.Text.Json;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Platform.IdP.Signals.Streams;

/// <summary>Sends dead letters again, when an administrator says that what was wrong with them is mended.</summary>
internal sealed class Redelivery(
    IConnectionMultiplexer redis, DeadLetters letters, StreamRecords records, IOptions<StreamOptions> options, TimeProvider clock)
{
    // One letter in one step: whatever dies, it is in one of the two lists.
    // KEYS: streams, dead letters, queue. ARGV: id, letter, entry, the most entries, channel, the queue's destination.
    private const string Move = LiveStream.TakingEventsOrNothing + """
        if redis.call('LLEN', KEYS[3]) >= tonumber(ARGV[4]) then return 0 end
        if redis.call('LREM', KEYS[2], 1, ARGV[2]) == 0 then return 0 end
        redis.call('RPUSH', KEYS[3], ARGV[3])
        redis.call('PUBLISH', ARGV[5], ARGV[6])
        return 1
        """;

    /// <summary>
    /// Puts them at the end of the stream's queue, the oldest first. What a bound of the queue would drop there stays a dead letter.
    /// </summary>
    public async Task<RedeliveryOutcome> SendAsync(EventStream stream, RedeliveryCommand command)
    {
        var all = await letters.ListAsync(stream.Id);
        if (command.Jti?.Any(jti => all.All(each => each.Letter.Jti != jti)) is true)
            return new RedeliveryOutcome.Unknown();

        var sent = 0;
        foreach (var (letter, raw) in all.Where(each => command.Means(each.Letter)))
        {
            sent += TryRead(letter) is { } entry && await MoveAsync(stream.Id, entry, raw) ? 1 : 0;
        }

        await records.ForgetFailuresAsync(stream.Id);
        return new RedeliveryOutcome.Sent(sent, await letters.CountAsync(stream.Id));
    }

    // What this version cannot read stays where it is.
    private static QueuedEvent? TryRead(DeadLetter letter)
    {
        try
        {
            return QueuedEvent.Read(letter.Event);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<bool> MoveAsync(string streamId, QueuedEvent entry, string letter) =>
        entry.Event.RaisedAt >= clock.GetUtcNow() - options.Value.QueueAge && (bool)await redis.GetDatabase().ScriptEvaluateAsync(
            Move,
            [StreamKeys.Streams, StreamKeys.DeadLetters(streamId), StreamQueue.KeyOf(streamId, entry.Event)],
            [
                streamId, letter, entry.Raw, options.Value.QueueLength, (string)Outbox.MovedChannel!,
                StreamQueue.DestinationOf(streamId, entry.Event),
            ]);
}

internal abstract record RedeliveryOutcome
{
    /// <param name="Letters">How many were put into the queue.</param>
    /// <param name="Left">How many dead letters the stream still has.</param>
    public sealed record Sent(int Letters, long Left) : RedeliveryOutcome;

    /// <summary>One that was named is none; nothing was sent.</summary>
    public sealed record Unknown : RedeliveryOutcome;
}
