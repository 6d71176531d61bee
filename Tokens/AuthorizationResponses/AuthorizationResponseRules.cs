using Platform.Tokens.Jose;

namespace Platform.Tokens.AuthorizationResponses;

/// <summary>Whose signed authorization responses a client accepts.</summary>
public sealed record AuthorizationResponseRules(string Issuer, string ClientId, TimeSpan ClockSkew)
{
    /// <summary>The accepted algorithms (<c>authorization_signed_response_alg</c>).</summary>
    public IReadOnlyCollection<JwsAlgorithm> Algorithms { get; init; } = [JwsAlgorithm.ES256, JwsAlgorithm.PS256];
}
