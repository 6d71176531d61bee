namespace Platform.IdP.Protocol;

/// <summary>What a protected resource answers to a call that it refuses (RFC 6750 section 3, RFC 9449 section 7.1).</summary>
internal static class Challenge
{
    private static readonly string s_algorithms = $"algs=\"{ReceivedProofs.Algorithms}\"";

    /// <summary>To a call without credentials: both schemes, without an error.</summary>
    public static string Any { get; } = $"Bearer, DPoP {s_algorithms}";

    public static string Of(TokenScheme scheme, string error, string? scope = null)
    {
        var text = scope is null ? $"error=\"{error}\"" : $"error=\"{error}\", scope=\"{scope}\"";
        return scheme is TokenScheme.DPoP ? $"DPoP {text}, {s_algorithms}" : $"Bearer {text}";
    }
}
