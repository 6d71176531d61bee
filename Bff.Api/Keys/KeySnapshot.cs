using Platform.Tokens.Jose;

namespace Platform.Bff.Keys;

/// <summary>The keys at one moment.</summary>
/// <param name="Ring">What the replicas share.</param>
/// <param name="Configured">The keys of <c>Bff:Keys:SigningKey</c>, if there are any: they take the place of the ring's.</param>
/// <param name="At">The moment.</param>
internal sealed record KeySnapshot(KeyRing Ring, IReadOnlyList<SigningKey> Configured, DateTimeOffset At)
{
    /// <summary>Signs client assertions.</summary>
    public SigningKey Signing { get; } = Configured is [var first, ..] ? first : Ring.Active(KeyUse.Assertion, At)!;

    /// <summary>Signs the proofs for new tokens.</summary>
    public SigningKey Proof { get; } = Ring.Active(KeyUse.Proof, At)!;

    /// <summary>The keys by which providers verify client assertions.</summary>
    public JsonWebKeySet Published { get; } = new(
        (Configured is [] ? Ring.Of(KeyUse.Assertion) : Configured).Select(key => key.PublicKey));

    /// <summary>The key that a token is bound to; null when it is gone.</summary>
    public SigningKey? FindProof(string keyId) => Ring.Find(KeyUse.Proof, keyId);
}
