using Platform.Tokens.DPoP;
using StackExchange.Redis;

namespace Platform.IdP.SenderConstraint;

/// <summary>Remembers each proof for as long as it could be used again (RFC 9449 section 11.1).</summary>
internal sealed class SpentProofs(IConnectionMultiplexer redis)
{
    private const string Prefix = "idp:proof:";

    // The period in which a proof is accepted, and a little for clocks that differ.
    private static readonly TimeSpan Kept =
        DPoPRules.Default.MaximumAge + DPoPRules.Default.ClockSkew + TimeSpan.FromSeconds(10);

    /// <summary>Uses the proof; true for exactly one caller.</summary>
    public Task<bool> TrySpendAsync(DPoPProof proof) => redis.GetDatabase().StringSetAsync(
        Prefix + Handle.Hash($"{proof.Thumbprint}.{proof.Id}"), "1", Kept, When.NotExists);
}
