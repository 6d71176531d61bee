using Platform.Tokens.ClientAssertions;

namespace Platform.Benchmarks.Scenarios;

internal sealed class PrivateKey()
    : Scenario("private-key", "client_credentials by private_key_jwt: one signature, one verification")
{
    public override Entrant Own => IdpContestant.Entrant;

    public override IReadOnlyList<Rival> Rivals { get; } = [new(PeerContestant.Entrant, 3)];

    public override Task<Func<Worker, int, Task>> PrepareAsync(
        Setting setting, IReadOnlyList<Worker> workers, int count, CancellationToken cancellationToken)
    {
        // An assertion counts once.
        var requests = new byte[count][];
        Parallel.For(0, count, index => requests[index] = HttpText.Post("/token", Form(setting)));
        return Task.FromResult<Func<Worker, int, Task>>(
            async (worker, index) => await worker.SendAsync(requests[index], StatusCodes.Status200OK, cancellationToken));
    }

    /// <summary>A token request with an assertion of its own.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Form(Setting setting) =>
    [
        new("grant_type", "client_credentials"),
        new("scope", Setting.Scope),
        new("client_assertion_type", ClientAssertion.Type),
        new("client_assertion", ClientAssertion.Create(
            setting.ClientKey, Setting.KeyClient, Setting.Issuer, TimeProvider.System.GetUtcNow())),
    ];
}
