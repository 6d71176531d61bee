using System.Text;
using Platform.Caep.Policy;
using Platform.Caep.Transmitters;
using Platform.ServiceDefaults.Telemetry;
using Platform.Tokens.Jose;
using Platform.Tokens.SecurityEvents;
using StackExchange.Redis;

namespace Platform.Caep.Events;

/// <summary>Judges Security Event Tokens. Every door leads here, so that an event means the same wherever it came in.</summary>
internal sealed partial class EventChecks(
    TrustedTransmitters transmitters, EventPolicy policy, SubjectTargets subjects, ILogger<EventChecks> logger)
{
    /// <summary>The error of dead letters alone: a transmitter that pushes or is polled keeps its event meanwhile.</summary>
    public const string KeysUnavailable = "keys_unavailable";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="compactSet">The token.</param>
    /// <param name="receivedAt">When it came, also when this is not the first attempt.</param>
    /// <param name="door">Where.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<EventCheck> CheckAsync(
        ReadOnlyMemory<byte> compactSet, DateTimeOffset receivedAt, Door door, CancellationToken cancellationToken)
    {
        var check = await JudgeAsync(compactSet, receivedAt, door, cancellationToken);
        if (check is EventCheck.Refused(EventOutcome.Poison(var error, var reason)))
        {
            CaepTelemetry.CountPoison(error);
            LogPoison(door.Name, error, reason);
            ProtocolSpan.Refused(error, reason);
        }
        else if (check is EventCheck.Accepted accepted && ProtocolSpan.IsRecorded)
        {
            Tell(accepted);
        }

        return check;
    }

    // 1 UTF-8  2 a transmitter that is trusted, and that the door belongs to  3 the token  4 what it may say  5 whom it means
    private async Task<EventCheck> JudgeAsync(
        ReadOnlyMemory<byte> compactSet, DateTimeOffset receivedAt, Door door, CancellationToken cancellationToken)
    {
        try
        {
            var token = StrictUtf8.GetString(compactSet.Span);
            if (UnverifiedIssuer.Of(token) is not { } issuer)
                return Poison(SecurityEventErrors.InvalidRequest, "The message is not a JWT with an issuer (iss).");
            if (transmitters.Find(issuer) is not { } transmitter)
                return Poison(SecurityEventErrors.InvalidIssuer, "The issuer (iss) is no transmitter that is trusted here.");
            if (door.From is { } from && from != transmitter)
                return Poison(SecurityEventErrors.AccessDenied, $"The transmitter {from.Name} delivers events of another.");

            var check = transmitter.IsIssuer || door.AwaitsKeys
                ? await transmitter.ValidateAsync(token, receivedAt, cancellationToken)
                : transmitter.ValidateAtOnce(token, receivedAt, cancellationToken);
            return check switch
            {
                SecurityEventCheck.Valid valid => await AcceptAsync(transmitter, valid.Token, door, cancellationToken),
                SecurityEventCheck.Refused(var error, var reason) => Poison(error, reason),
                SecurityEventCheck.Undecided when !transmitter.IsIssuer && door.GivesUp is { } reason => Poison(KeysUnavailable, reason),
                SecurityEventCheck.Undecided(var reason) => new EventCheck.Refused(
                    new EventOutcome.Postponed(TransmitterKeys.Name, reason) { OfOneTransmitter = !transmitter.IsIssuer }),
                _ => throw new InvalidOperationException("The check has another outcome."),
            };
        }
        catch (DecoderFallbackException)
        {
            return Poison(SecurityEventErrors.InvalidRequest, "The message is not UTF-8.");
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            return new EventCheck.Refused(new EventOutcome.Postponed("Redis", away.Message));
        }
    }

    private async Task<EventCheck> AcceptAsync(
        TrustedTransmitter transmitter, SecurityEventToken token, Door door, CancellationToken cancellationToken)
    {
        // SSF 1.0 section 8.1.4.1: one without a state was not asked for, and is good for nothing but to be acknowledged
        if (token.EventType == EventTypes.Verification && door.VerificationState is { } asked
            && token.Event.TryGetProperty("state", out var state) && !state.ValueEquals(asked))
            return Poison(SecurityEventErrors.InvalidState, "The state of the verification is not the one that was asked for.");

        var isOfStream = EventTypes.OfStreams.Contains(token.EventType);
        if (transmitter.Events is { } events && !isOfStream && !events.Contains(token.EventType))
            return Poison(SecurityEventErrors.AccessDenied, $"The transmitter {transmitter.Name} is not trusted with events of this type.");

        var effect = isOfStream ? EventEffect.Record : policy.EffectOf(token.EventType, token.Event);
        if (effect is EventEffect.Record)
            return new EventCheck.Accepted(token, transmitter, effect, []);

        return await subjects.OfAsync(transmitter, token.Subject, cancellationToken) switch
        {
            TargetCheck.Found found => new EventCheck.Accepted(token, transmitter, effect, found.Targets),
            TargetCheck.Refused(var error, var reason) => Poison(error, reason),
            _ => throw new InvalidOperationException("The check has another outcome."),
        };
    }

    private static void Tell(EventCheck.Accepted accepted)
    {
        ProtocolSpan.Request([
            new("event_type", EventTypes.Find(accepted.Token.EventType) ?? "other"), new("iss", accepted.Token.Issuer),
            new("sub_id", ProtocolRedaction.Redacted)]);
        ProtocolSpan.Passed("SET is signed by a transmitter that is trusted here, for this receiver", "RFC 8417 section 2.2");
        ProtocolSpan.Passed("event type and subject are the transmitter's to speak of", "RFC 8935 section 2.4");
    }

    private static EventCheck.Refused Poison(string error, string reason) => new(new EventOutcome.Poison(error, reason));

    [LoggerMessage(LogLevel.Warning, "An event ({Door}) was refused ({Error}): {Reason}")]
    private partial void LogPoison(string door, string error, string reason);
}
