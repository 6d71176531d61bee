using Platform.Caep.Policy;
using Platform.Caep.Transmitters;
using Platform.Sessions;
using Platform.Tokens.SecurityEvents;

namespace Platform.Caep.Events;

/// <summary>
/// Does to sessions what the policy says. All effects only ever move forward, by the time of the event: nothing that comes
/// late or again gives back what another event took.
/// </summary>
internal sealed class EffectsOnSessions(SessionRevocation revocation, DemandsOnSessions demands) : IEventEffects
{
    private static readonly TimeSpan LastInstantOfASecond = TimeSpan.FromMilliseconds(999);

    public async Task<EventOutcome> ApplyAsync(EventCheck.Accepted accepted, CancellationToken cancellationToken)
    {
        if (accepted is { Effect: EventEffect.Record } or { Targets: [] })
        {
            return new EventOutcome.Recorded();
        }

        var (sessions, repeated) = (0, true);
        foreach (var target in accepted.Targets)
        {
            var outcome = await ApplyAsync(accepted.Effect, Order(accepted, target), cancellationToken);
            sessions += outcome.Ended;
            repeated &= outcome.Repeated;
        }

        return new EventOutcome.Applied(accepted.Effect, sessions, repeated);
    }

    private Task<RevocationOutcome> ApplyAsync(EventEffect effect, Revocation order, CancellationToken cancellationToken) => effect switch
    {
        EventEffect.EndSession => revocation.RevokeAsync(order, cancellationToken),
        EventEffect.EndAllSessions =>
            revocation.RevokeAsync(order.Subject is null ? order : order with { SessionId = null }, cancellationToken),
        EventEffect.RefreshClaims => demands.DemandAsync(order, Demand.Refresh, cancellationToken),
        EventEffect.StepUp => demands.DemandAsync(order, Demand.StepUp, cancellationToken),
        _ => throw new InvalidOperationException("The policy has another effect."),
    };

    // An address may belong to several: each of them has a marker of its own.
    private static Revocation Order(EventCheck.Accepted accepted, EventTarget target) => new(
        target.Issuer,
        target.Subject,
        target.SessionId,
        accepted.Targets.Count == 1 ? accepted.Token.JwtId : $"{accepted.Token.JwtId}#{target.Issuer}#{target.Subject}",
        OccurredAt(accepted.Token))
    {
        Transmitter = accepted.Transmitter.Issuer,
    };

    // CAEP counts in seconds. What began within the second of the event began before it, to be safe.
    private static DateTimeOffset OccurredAt(SecurityEventToken token) =>
        (token.EventTimestamp ?? token.IssuedAt) is { Millisecond: 0 } second
            ? second + LastInstantOfASecond
            : token.EventTimestamp ?? token.IssuedAt;
}
