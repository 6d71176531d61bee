namespace Platform.Benchmarks.Portal;

/// <summary>Calls by people who are signed in; each has signed in before, as a browser does.</summary>
internal abstract class PortalScenario(string name, string title, Entrant own) : Scenario(name, title)
{
    public override Entrant Own => own;

    public override int Connections => 32;

    public override async Task EnterAsync(
        Setting setting, Contestant contestant, IReadOnlyList<Worker> workers, CancellationToken cancellationToken)
    {
        var portal = contestant.Portal ?? throw new InvalidOperationException($"{contestant.Name} is no portal.");
        var cookies = portal.SignIn is { } signIn
            ? await SignInAsync(setting, workers, signIn, Math.Min(setting.Sessions, portal.MostSessions ?? int.MaxValue), cancellationToken)
            : ["Authorization: Bearer of-nobody\r\n"];
        var requests = Array.ConvertAll(cookies, cookie => PortalRequest.Call(Target(portal), cookie));
        foreach (var worker in workers)
        {
            worker.Requests = requests;
        }

        // All later answers need only have the status.
        var answer = await workers[0].SendAsync(requests[0], StatusCodes.Status200OK, cancellationToken);
        if (!IsRight(answer))
        {
            throw new InvalidDataException($"{contestant.Name} does not do the work: {answer.Text}");
        }
    }

    public override Task<Func<Worker, int, Task>> PrepareAsync(
        Setting setting, IReadOnlyList<Worker> workers, int count, CancellationToken cancellationToken) =>
        Task.FromResult<Func<Worker, int, Task>>(async (worker, _) => await worker.SendAsync(
            worker.Requests[Random.Shared.Next(worker.Requests.Count)], StatusCodes.Status200OK, cancellationToken));

    protected abstract string Target(PortalAddresses portal);

    protected abstract bool IsRight(HttpAnswer answer);

    private static async Task<string[]> SignInAsync(
        Setting setting, IReadOnlyList<Worker> workers, string signIn, int count, CancellationToken cancellationToken)
    {
        var cookies = new string[count];
        var next = -1;
        await Task.WhenAll(workers.Select(async worker =>
        {
            await worker.ConnectToProviderAsync(await setting.Surroundings, cancellationToken);
            for (var index = Interlocked.Increment(ref next); index < count; index = Interlocked.Increment(ref next))
            {
                cookies[index] = await PortalSignIn.RunAsync(worker, signIn, cancellationToken);
            }
        }));
        return cookies;
    }
}
