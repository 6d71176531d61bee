namespace Platform.Tokens.Jose;

/// <summary>
/// What is read of a protected header. <c>jwk</c>, <c>jku</c>, <c>x5u</c> and <c>x5c</c> are not among it: a token
/// does not bring its own key.
/// </summary>
public sealed record JwsHeader(JwsAlgorithm Algorithm, string? Type, string? KeyId)
{
    internal const int MaximumKeyIdLength = 256;
}
