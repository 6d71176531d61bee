using Platform.Tokens.DPoP;

namespace Platform.Benchmarks.Scenarios;

internal sealed class PrivateKeyWithProof()
    : Scenario("private-key-dpop", "client_credentials by private_key_jwt with DPoP: one signature, two verifications")
{
    public override Entrant Own => IdpContestant.Entrant;

    public override IReadOnlyList<Rival> Rivals { get; } = [new(BareContestant.Entrant, 1d / 3), new(PeerContestant.Entrant, 3)];

    public override Task<Func<Worker, int, Task>> PrepareAsync(
        Setting setting, IReadOnlyList<Worker> workers, int count, CancellationToken cancellationToken)
    {
        // A proof counts once, as the assertion does.
        var requests = new byte[count][];
        Parallel.For(0, count, index => requests[index] =
            HttpText.Post("/token", PrivateKey.Form(setting), $"DPoP: {Proof(setting)}\r\n"));
        return Task.FromResult<Func<Worker, int, Task>>(
            async (worker, index) => await worker.SendAsync(requests[index], StatusCodes.Status200OK, cancellationToken));
    }

    private static string Proof(Setting setting) => DPoPProofs.Create(
        setting.ProofKey, "POST", $"{Setting.Issuer}/token", nonce: null, accessToken: null, TimeProvider.System.GetUtcNow());
}
