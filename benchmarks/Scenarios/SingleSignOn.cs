namespace Platform.Benchmarks.Scenarios;

internal sealed class SingleSignOn() : Scenario("sso", "PAR, authorize and token, by people who are signed in")
{
    public override Entrant Own => IdpContestant.Entrant;

    public override IReadOnlyList<Rival> Rivals { get; } = [new(PeerContestant.Entrant, 3)];

    public override async Task<Func<Worker, int, Task>> PrepareAsync(
        Setting setting, IReadOnlyList<Worker> workers, int count, CancellationToken cancellationToken)
    {
        for (var number = 0; number < workers.Count; number++)
        {
            workers[number].Browser = new Browser();
            await CodeFlow.RunAsync(workers[number], Setting.UserName(number), cancellationToken);
        }

        return (worker, _) => CodeFlow.RunAsync(worker, userName: null, cancellationToken);
    }
}
