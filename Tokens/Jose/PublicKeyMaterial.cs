using System.Text.Json;

namespace Platform.Tokens.Jose;

/// <summary>The mathematical part of a public key, imported once and used by many threads.</summary>
internal abstract class PublicKeyMaterial
{
    public abstract string KeyType { get; }

    /// <summary>The required members in lexicographic order, without white space (RFC 7638 section 3.2).</summary>
    public abstract string CanonicalJson { get; }

    public abstract bool Fits(JwsAlgorithm algorithm);

    public abstract bool Verify(JwsAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);

    public abstract void WriteTo(Utf8JsonWriter writer);
}
