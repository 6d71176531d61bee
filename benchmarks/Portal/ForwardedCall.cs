namespace Platform.Benchmarks.Portal;

internal sealed class ForwardedCall(string name, string title, Entrant own, IReadOnlyList<Rival> rivals)
    : PortalScenario(name, title, own)
{
    public static ForwardedCall Bearer { get; } = new(
        "forward", "a GET of 1 KB that is forwarded with the token of a session chosen at random",
        BffContestant.Plain, [new(BarePortalContestant.Entrant, 0.8), new(ApacheContestant.Entrant, 2.5)]);

    public static ForwardedCall DPoP { get; } = new(
        "forward-dpop", "the same with a DPoP proof for each call: one signature",
        BffContestant.Full, [new(BarePortalContestant.Entrant, 0.6)]);

    public override IReadOnlyList<Rival> Rivals => rivals;

    protected override string Target(PortalAddresses portal) => portal.Api;

    protected override bool IsRight(HttpAnswer answer) => answer.Body.Length == SurroundingsServer.ApiLength;
}
