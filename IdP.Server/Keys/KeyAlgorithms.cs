using Platform.Tokens.Jose;

namespace Platform.IdP.Keys;

/// <summary>The algorithms by their names in JOSE, compared exactly (RFC 7515 section 4.1.1).</summary>
internal static class KeyAlgorithms
{
    public static string Names { get; } = string.Join(", ", Enum.GetNames<JwsAlgorithm>());

    public static JwsAlgorithm? Find(string name) =>
        Enum.GetNames<JwsAlgorithm>().Contains(name, StringComparer.Ordinal) ? Enum.Parse<JwsAlgorithm>(name) : null;
}
