using System.Text;
using System.Text.Json;
using Platform.Caep.Events;
using Platform.Caep.Intake;
using Platform.Caep.Transmitters;
using Platform.Tokens.Discovery;

namespace Platform.Caep.Polling;

/// <summary>
/// Fetches the events of one transmitter (RFC 8936). One is acknowledged once it has been applied, so that the transmitter
/// keeps what a crash interrupts; one that will never be good is reported, and so comes no more.
/// </summary>
internal sealed partial class StreamPoller(
    TrustedTransmitter transmitter, PolledStream stream, TransmitterCalls calls, EventPipeline pipeline, TimeProvider clock,
    ILogger<StreamPoller> logger)
{
    // For transmitters that answer at once, though they have nothing new and were asked to wait (RFC 8936 section 2.4).
    private static readonly TimeSpan BetweenIdleAnswers = TimeSpan.FromSeconds(1);

    private readonly PollOptions _options = transmitter.Poll!;

    public async Task RunAsync(CancellationToken stoppingToken)
    {
        for (var backOff = new BackOff(); ; await Task.Delay(backOff.Next(), clock, stoppingToken))
        {
            try
            {
                if (_options.Remove)
                {
                    LogRemoved(transmitter.Name, await stream.RemoveAsync(stoppingToken));
                    return;
                }

                var endpoint = await stream.OpenAsync(stoppingToken);
                LogPolling(transmitter.Name, stream.Id);
                if (stream.Fault is { } fault)
                {
                    LogUnchanged(transmitter.Name, fault);
                }

                if (stream.Unverified is { } reason)
                {
                    LogUnverified(transmitter.Name, reason);
                }

                for (var done = new PollReply(); ; backOff = default)
                {
                    done = await PollAsync(endpoint, done, stoppingToken);
                }
            }
            catch (Exception away) when (away is HttpRequestException or ProviderUnavailableException)
            {
                LogAway(transmitter.Name, away.Message);
            }
            catch (Exception bug) when (bug is not OperationCanceledException)
            {
                LogBug(transmitter.Name, bug);
            }
        }
    }

    private async Task<PollReply> PollAsync(Uri endpoint, PollReply done, CancellationToken cancellationToken)
    {
        var asked = clock.GetTimestamp();
        var answer = await calls.SendAsync(
            HttpMethod.Post, endpoint, done.ToRequest(_options.MaxEvents), _options.LongestPoll, cancellationToken);
        var next = new PollReply();
        if (answer is { } json && json.TryGetProperty("sets", out var sets) && sets.ValueKind == JsonValueKind.Object)
        {
            foreach (var each in sets.EnumerateObject())
            {
                await ApplyAsync(each.Name, each.Value, next, cancellationToken);
            }
        }

        if (!next.TellsMoreThan(done) && clock.GetElapsedTime(asked) is var waited && waited < BetweenIdleAnswers)
        {
            await Task.Delay(BetweenIdleAnswers - waited, clock, cancellationToken);
        }

        return next;
    }

    // What is needed and away is waited for, so that the events behind it keep their order.
    private async Task ApplyAsync(string jwtId, JsonElement set, PollReply reply, CancellationToken cancellationToken)
    {
        var compact = Encoding.UTF8.GetBytes(set.ValueKind == JsonValueKind.String ? set.GetString()! : "");
        var receivedAt = clock.GetUtcNow();
        for (var backOff = new BackOff(); ; await Task.Delay(backOff.Next(), clock, cancellationToken))
        {
            switch (await pipeline.ProcessAsync(compact, receivedAt, Door.Poll(transmitter, stream.State), cancellationToken))
            {
                case EventOutcome.Postponed(var missing, var reason):
                    LogWaiting(jwtId, missing, reason);
                    break;
                case EventOutcome.Poison(var error, var reason):
                    reply.Refuse(jwtId, error, reason);
                    return;
                default:
                    reply.Acknowledge(jwtId);
                    return;
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Polling the transmitter {Name} (stream {StreamId}).")]
    private partial void LogPolling(string name, string? streamId);

    [LoggerMessage(LogLevel.Error,
        "THE STREAM AT THE TRANSMITTER {Name} IS PAUSED OR TELLS OTHER EVENTS THAN ARE WANTED, and the transmitter does not change it: {Reason}")]
    private partial void LogUnchanged(string name, string reason);

    [LoggerMessage(LogLevel.Warning,
        "The transmitter {Name} could not be asked to verify its stream, which is polled all the same: {Reason}")]
    private partial void LogUnverified(string name, string reason);

    [LoggerMessage(LogLevel.Information, "The stream at the transmitter {Name} is taken down (there was one: {Found}).")]
    private partial void LogRemoved(string name, bool found);

    [LoggerMessage(LogLevel.Warning, "The transmitter {Name} cannot be polled; trying on. {Reason}")]
    private partial void LogAway(string name, string reason);

    [LoggerMessage(LogLevel.Warning, "Event {JwtId} waits for {Missing}: {Reason}")]
    private partial void LogWaiting(string jwtId, string missing, string reason);

    [LoggerMessage(LogLevel.Error, "Polling the transmitter {Name} broke off and starts over.")]
    private partial void LogBug(string name, Exception exception);
}
