namespace Platform.Benchmarks.Portal;

internal sealed class SessionInformation()
    : PortalScenario("session", "who is signed in: /auth/session, of sessions chosen at random", BffContestant.Plain)
{
    public override IReadOnlyList<Rival> Rivals { get; } =
        [new(BarePortalContestant.Entrant, 0.6), new(ApacheContestant.Entrant, 2.5)];

    protected override string Target(PortalAddresses portal) => portal.Session;

    protected override bool IsRight(HttpAnswer answer) =>
        answer.Text.Contains(SurroundingsServer.PersonName, StringComparison.Ordinal);
}
