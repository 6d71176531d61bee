using Platform.Tokens.Jose;

namespace Platform.Bff.Keys;

/// <summary>What a key is for; each has one purpose.</summary>
internal enum KeyUse
{
    /// <summary>Client assertions (<c>private_key_jwt</c>).</summary>
    Assertion,

    /// <summary>DPoP proofs.</summary>
    Proof,
}

/// <summary>A key of the ring.</summary>
internal sealed record RingKey(KeyUse Use, SigningKey Key, DateTimeOffset ActiveFrom);
