using System.Text;
using Platform.Tokens.DPoP;
using Platform.Tokens.Jose;

namespace Platform.Tokens.ResourceRequests;

/// <summary>Values of the header WWW-Authenticate.</summary>
public static class ResourceChallenge
{
    /// <summary>RFC 6750 section 3.</summary>
    public static string Bearer(string? error = null, string? scope = null) => Of("Bearer", error, scope, algs: null);

    /// <summary>RFC 9449 section 7.1, with the algorithms that proofs may have.</summary>
    public static string DPoP(DPoPRules rules, string? error = null, string? scope = null)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return Of("DPoP", error, scope, string.Join(' ', rules.Algorithms.Select(algorithm => algorithm.Name())));
    }

    private static string Of(string scheme, string? error, string? scope, string? algs)
    {
        var challenge = new StringBuilder(scheme);
        var separator = " ";
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[("error", error), ("scope", scope), ("algs", algs)])
        {
            if (value is not null)
            {
                challenge.Append(separator).Append(name).Append("=\"").Append(value).Append('"');
                separator = ", ";
            }
        }

        return challenge.ToString();
    }
}
