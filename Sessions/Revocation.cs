namespace Platform.Sessions;

/// <summary>
/// An order to end sessions of the issuer: with a <paramref name="SessionId"/> that session only, without it all of
/// the <paramref name="Subject"/> that began at or before <paramref name="OccurredAt"/>.
/// </summary>
/// <param name="Issuer">Whose sessions they are.</param>
/// <param name="Subject">The user, <c>sub</c>.</param>
/// <param name="SessionId">The issuer's session, <c>sid</c>.</param>
/// <param name="EventId">The event's <c>jti</c>; the same event twice does no harm.</param>
/// <param name="OccurredAt">When it happened at the issuer, not when it was received.</param>
public sealed record Revocation(
    string Issuer, string? Subject, string? SessionId, string EventId, DateTimeOffset OccurredAt)
{
    /// <summary>Who says so, where it is not the issuer: event ids of different transmitters have nothing to do with each other.</summary>
    public string Transmitter { get; init; } = Issuer;
}

/// <summary>
/// How many sessions the event ended, and whether it had been seen before
/// (then the number is that of the first time).
/// </summary>
public sealed record RevocationOutcome(int Ended, bool Repeated);
