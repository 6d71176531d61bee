using Platform.Caep.Policy;
using Platform.Caep.Recent;
using Platform.Tokens.SecurityEvents;
using StackExchange.Redis;

namespace Platform.Caep.Events;

/// <summary>Validates a Security Event Token and does what it says, once and for all doors.</summary>
internal sealed partial class EventPipeline(
    EventChecks checks, IEventEffects effects, RecentEvents recent, EventAges ages, TimeProvider clock, ILogger<EventPipeline> logger)
{
    /// <param name="compactSet">The token.</param>
    /// <param name="receivedAt">When the event came, also when this is not the first attempt.</param>
    /// <param name="door">Where.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<EventOutcome> ProcessAsync(
        ReadOnlyMemory<byte> compactSet, DateTimeOffset receivedAt, Door door, CancellationToken cancellationToken)
    {
        var accepted = default(EventCheck.Accepted);
        EventOutcome outcome;
        try
        {
            var check = await checks.CheckAsync(compactSet, receivedAt, door, cancellationToken);
            accepted = check as EventCheck.Accepted;
            outcome = check is EventCheck.Refused refused ? refused.Outcome : await ApplyAsync(accepted!, cancellationToken);
            if (accepted is { Transmitter.IsIssuer: true } && !door.IsReplay)
            {
                ages.Done(accepted.Token.IssuedAt);
            }
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            outcome = new EventOutcome.Postponed("Redis", away.Message);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            // One event that our own code stumbles over must not hold up every revocation behind it.
            LogBug(bug);
            CaepTelemetry.CountPoison(InternalError);
            outcome = new EventOutcome.Poison(InternalError, $"The event could not be processed: {bug.GetType().Name}.");
        }

        recent.Add(door, accepted?.Token, outcome);
        return outcome;
    }

    private const string InternalError = "internal_error";

    private async Task<EventOutcome> ApplyAsync(EventCheck.Accepted accepted, CancellationToken cancellationToken)
    {
        var token = accepted.Token;
        var happenedAt = token.EventTimestamp ?? token.IssuedAt;
        var type = EventTypes.Find(token.EventType) ?? "other"; // the transmitter chooses types; metrics stay few
        var age = clock.GetUtcNow() - happenedAt;

        var outcome = await effects.ApplyAsync(accepted, cancellationToken);

        CaepTelemetry.CountEvent(type, outcome.Name, age);
        switch (outcome)
        {
            case EventOutcome.Applied(var effect, var sessions, var repeated):
                CaepTelemetry.RecordDelay(type, clock.GetUtcNow() - happenedAt);
                LogApplied(token.JwtId, token.EventType, effect.Name(), sessions, repeated);
                break;
            default:
                LogRecorded(token.JwtId, token.EventType);
                break;
        }

        return outcome;
    }

    [LoggerMessage(LogLevel.Information, "Event {JwtId} ({EventType}): {Effect} for {Sessions} sessions (repeated: {Repeated}).")]
    private partial void LogApplied(string jwtId, string eventType, string effect, int sessions, bool repeated);

    [LoggerMessage(LogLevel.Information, "Event {JwtId} ({EventType}) does nothing here: recorded.")]
    private partial void LogRecorded(string jwtId, string eventType);

    [LoggerMessage(LogLevel.Error, "An event could not be processed.")]
    private partial void LogBug(Exception exception);
}
