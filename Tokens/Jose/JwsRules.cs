namespace Platform.Tokens.Jose;

/// <summary>What a receiver accepts.</summary>
/// <param name="Types">
/// The accepted <c>typ</c> values, compared without case and with the prefix <c>application/</c> cut
/// (RFC 7515 section 4.1.9). An empty one stands for a header without <c>typ</c>.
/// </param>
/// <param name="Algorithms">The accepted algorithms (RFC 8725 section 3.1).</param>
public sealed record JwsRules(IReadOnlyCollection<string> Types, IReadOnlyCollection<JwsAlgorithm> Algorithms)
{
    private const string Prefix = "application/";

    internal bool AcceptsType(string? type)
    {
        var bare = Bare(type ?? "");
        foreach (var accepted in Types)
        {
            if (bare.Equals(Bare(accepted), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> Bare(string type) =>
        type.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? type.AsSpan(Prefix.Length) : type;
}
