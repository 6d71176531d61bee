namespace Platform.Benchmarks.Scenarios;

/// <summary>One kind of work, the same for each contestant.</summary>
internal abstract class Scenario(string name, string title)
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new ClientSecret(), new PrivateKey(), new PrivateKeyWithProof(), new SingleSignOn(), new Login(),
        new SessionInformation(), ForwardedCall.Bearer, ForwardedCall.DPoP, SignIn.Plain, SignIn.Full,
    ];

    public string Name { get; } = name;

    public string Title { get; } = title;

    /// <summary>Ours.</summary>
    public abstract Entrant Own { get; }

    /// <summary>Who takes part beside <see cref="Own"/>.</summary>
    public abstract IReadOnlyList<Rival> Rivals { get; }

    /// <summary>How many requests are under way at a time.</summary>
    public virtual int Connections => 16;

    /// <summary>What a contestant needs once, before its first round.</summary>
    public virtual Task EnterAsync(
        Setting setting, Contestant contestant, IReadOnlyList<Worker> workers, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Makes ready what is used up by so many requests; what it returns sends the one of that index. Nothing of the
    /// preparation is measured.
    /// </summary>
    public abstract Task<Func<Worker, int, Task>> PrepareAsync(
        Setting setting, IReadOnlyList<Worker> workers, int count, CancellationToken cancellationToken);
}

/// <summary>Whom ours is held against.</summary>
/// <param name="Goal">How much of the rival's requests per CPU-second it should reach; null where nothing was set.</param>
internal sealed record Rival(Entrant Entrant, double? Goal);
