namespace Platform.Benchmarks.Scenarios;

internal sealed class Login() : Scenario("login", "PAR, authorize with the sign-in form, and token; no password is hashed")
{
    public override Entrant Own => IdpContestant.Entrant;

    public override IReadOnlyList<Rival> Rivals { get; } = [new(PeerContestant.Entrant, null)];

    public override Task<Func<Worker, int, Task>> PrepareAsync(
        Setting setting, IReadOnlyList<Worker> workers, int count, CancellationToken cancellationToken) =>
        Task.FromResult<Func<Worker, int, Task>>((worker, index) =>
        {
            worker.Browser = new Browser();
            return CodeFlow.RunAsync(worker, Setting.UserName(index), cancellationToken);
        });
}
