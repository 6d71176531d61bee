namespace Platform.Benchmarks.Scenarios;

internal sealed class ClientSecret() : Scenario("client-secret", "client_credentials by client secret: one signature")
{
    private static readonly byte[] Request = HttpText.Post(
        "/token", [new("grant_type", "client_credentials"), new("scope", Setting.Scope)], HttpText.Basic(Setting.SecretClient));

    public override Entrant Own => IdpContestant.Entrant;

    public override IReadOnlyList<Rival> Rivals { get; } = [new(BareContestant.Entrant, 0.5), new(PeerContestant.Entrant, 3)];

    public override Task<Func<Worker, int, Task>> PrepareAsync(
        Setting setting, IReadOnlyList<Worker> workers, int count, CancellationToken cancellationToken) =>
        Task.FromResult<Func<Worker, int, Task>>(
            async (worker, _) => await worker.SendAsync(Request, StatusCodes.Status200OK, cancellationToken));
}
