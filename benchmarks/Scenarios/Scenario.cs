namespace Platform.Benchmarks.Scenarios;

/// <summary>One kind of work, the same for each contestant.</summary>
internal abstract class Scenario(string name, string title)
{
    public static IReadOnlyList<Scenario> All { get; } =
        [new ClientSecret(), new PrivateKey(), new PrivateKeyWithProof(), new SingleSignOn(), new Login()];

    public string Name { get; } = name;

    public string Title { get; } = title;

    /// <summary>Who takes part beside <see cref="IdpContestant"/>.</summary>
    public abstract IReadOnlyList<Rival> Rivals { get; }

    /// <summary>
    /// Makes ready what is used up by so many requests; what it returns sends the one of that index. Nothing of the
    /// preparation is measured.
    /// </summary>
    public abstract Task<Func<Worker, int, Task>> PrepareAsync(
        Setting setting, IReadOnlyList<Worker> workers, int count, CancellationToken cancellationToken);
}

/// <summary>Whom the IdP is held against.</summary>
/// <param name="Goal">How much of the rival's requests per CPU-second it should reach; null where nothing was set.</param>
internal sealed record Rival(string Name, double? Goal);
