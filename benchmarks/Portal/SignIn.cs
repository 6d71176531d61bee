namespace Platform.Benchmarks.Portal;

internal sealed class SignIn()
    : Scenario("sign-in", "complete sign-ins of new browsers, by way of a provider that knows everybody")
{
    public override Entrant Own => BffContestant.Entrant;

    public override IReadOnlyList<Rival> Rivals { get; } = [new(ApacheContestant.Entrant, 2.5)];

    public override async Task EnterAsync(
        Setting setting, Contestant contestant, IReadOnlyList<Worker> workers, CancellationToken cancellationToken)
    {
        foreach (var worker in workers)
        {
            await worker.ConnectToProviderAsync(await setting.Surroundings, cancellationToken);
        }
    }

    public override Task<Func<Worker, int, Task>> PrepareAsync(
        Setting setting, IReadOnlyList<Worker> workers, int count, CancellationToken cancellationToken) =>
        Task.FromResult<Func<Worker, int, Task>>(
            (worker, _) => PortalSignIn.RunAsync(worker, worker.Contestant.Portal!.SignIn!, cancellationToken));
}
