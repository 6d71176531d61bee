namespace Platform.Benchmarks.Portal;

internal sealed class ForwardedCall()
    : PortalScenario("forward", "a GET of 1 KB that is forwarded with the token of a session chosen at random")
{
    public override IReadOnlyList<Rival> Rivals { get; } =
        [new(BarePortalContestant.Entrant, 0.8), new(ApacheContestant.Entrant, 2.5)];

    protected override string Target(PortalAddresses portal) => portal.Api;

    protected override bool IsRight(HttpAnswer answer) => answer.Body.Length == SurroundingsServer.ApiLength;
}
