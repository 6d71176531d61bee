using System.Text;
using Platform.Tokens.Discovery;
using Platform.Tokens.SecurityEvents;
using StackExchange.Redis;

namespace Platform.Caep.Events;

/// <summary>
/// Validates a Security Event Token and does what it says. Every door (Kafka today) leads here, so that an event
/// means the same wherever it came in.
/// </summary>
internal sealed partial class EventPipeline(
    SecurityEventValidator validator,
    IEnumerable<IEventAction> actions,
    TimeProvider clock,
    ILogger<EventPipeline> logger)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, IEventAction> _actions =
        actions.ToDictionary(action => action.EventType, StringComparer.Ordinal);

    /// <param name="receivedAt">When the event came, also when this is not the first attempt.</param>
    public async Task<EventOutcome> ProcessAsync(
        ReadOnlyMemory<byte> compactSet, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var outcome = await TryProcessAsync(compactSet, receivedAt, cancellationToken);
        if (outcome is EventOutcome.Poison(var error, var reason))
        {
            CaepTelemetry.CountPoison(error);
            LogPoison(error, reason);
        }

        return outcome;
    }

    private async Task<EventOutcome> TryProcessAsync(
        ReadOnlyMemory<byte> compactSet, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        try
        {
            return await validator.ValidateAsync(StrictUtf8.GetString(compactSet.Span), receivedAt, cancellationToken) switch
            {
                SecurityEventCheck.Valid(var token) => await ApplyAsync(token, cancellationToken),
                SecurityEventCheck.Refused(var error, var reason) => new EventOutcome.Poison(error, reason),
                SecurityEventCheck.Undecided(var reason) => new EventOutcome.Postponed(TransmitterKeys.Name, reason),
                _ => throw new InvalidOperationException("The check has another outcome."),
            };
        }
        catch (DecoderFallbackException)
        {
            return new EventOutcome.Poison("invalid_request", "The message is not UTF-8.");
        }
        catch (ProviderUnavailableException away)
        {
            return new EventOutcome.Postponed(TransmitterKeys.Name, away.Message);
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            return new EventOutcome.Postponed("Redis", away.Message);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            // One event that our own code stumbles over must not hold up every revocation behind it.
            LogBug(bug);
            return new EventOutcome.Poison("internal_error", $"The event could not be processed: {bug.GetType().Name}.");
        }
    }

    private async Task<EventOutcome> ApplyAsync(SecurityEventToken token, CancellationToken cancellationToken)
    {
        var happenedAt = token.EventTimestamp ?? token.IssuedAt;
        var action = _actions.GetValueOrDefault(token.EventType);
        var type = action?.EventType ?? "other"; // the transmitter chooses types; metrics stay few
        var age = clock.GetUtcNow() - happenedAt;

        var outcome = action is null
            ? new EventOutcome.Recorded()
            : await action.ApplyAsync(token, cancellationToken);

        CaepTelemetry.CountEvent(type, outcome.Name, age);
        switch (outcome)
        {
            case EventOutcome.Applied(var ended, var repeated):
                CaepTelemetry.RecordDelay(token.EventType, clock.GetUtcNow() - happenedAt);
                LogApplied(token.JwtId, token.EventType, ended, repeated);
                break;
            case EventOutcome.Recorded:
                LogRecorded(token.JwtId, token.EventType);
                break;
        }

        return outcome;
    }

    [LoggerMessage(LogLevel.Information, "Event {JwtId} ({EventType}) ended {Ended} sessions (repeated: {Repeated}).")]
    private partial void LogApplied(string jwtId, string eventType, int ended, bool repeated);

    [LoggerMessage(LogLevel.Information, "Event {JwtId} ({EventType}) has no action here: recorded.")]
    private partial void LogRecorded(string jwtId, string eventType);

    [LoggerMessage(LogLevel.Warning, "An event was refused ({Error}): {Reason}")]
    private partial void LogPoison(string error, string reason);

    [LoggerMessage(LogLevel.Error, "An event could not be processed.")]
    private partial void LogBug(Exception exception);
}
