namespace Platform.Benchmarks.Portal;

internal sealed class SignIn(string name, string title, Entrant own, double? goal) : Scenario(name, title)
{
    public static SignIn Plain { get; } = new(
        "sign-in", "complete sign-ins of new browsers: code, PKCE, client secret, ID token", BffContestant.Plain, 2.5);

    public static SignIn Full { get; } = new(
        "sign-in-full", "the same with private_key_jwt, pushed request, signed response and DPoP, which the peer lacks",
        BffContestant.Full, goal: null);

    public override Entrant Own => own;

    public override IReadOnlyList<Rival> Rivals { get; } = [new(ApacheContestant.Entrant, goal)];

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
