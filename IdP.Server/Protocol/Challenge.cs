using Platform.Tokens.DPoP;
using Platform.Tokens.ResourceRequests;

namespace Platform.IdP.Protocol;

/// <summary>What a protected resource of the provider answers to a call that it refuses.</summary>
internal static class Challenge
{
    /// <summary>To a call without credentials: both schemes, without an error.</summary>
    public static string Any { get; } = $"{ResourceChallenge.Bearer()}, {ResourceChallenge.DPoP(DPoPRules.Default)}";

    public static string Of(TokenScheme scheme, string error, string? scope = null) => scheme is TokenScheme.DPoP
        ? ResourceChallenge.DPoP(DPoPRules.Default, error, scope)
        : ResourceChallenge.Bearer(error, scope);
}
