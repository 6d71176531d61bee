using System.Globalization;
using Platform.Tokens.Jose;

namespace Platform.IdP.Keys;

/// <summary>What a key's file is called: its algorithm and the how-manieth it is, <c>es256-000002.pem</c>.</summary>
internal readonly record struct KeyName(JwsAlgorithm Algorithm, int Generation)
{
    private const string Extension = ".pem";
    private const int Digits = 6;

    public KeyName Next => this with { Generation = Generation + 1 };

    /// <summary>Null for a file that is none of the keys; nothing but what <see cref="ToString"/> writes is one.</summary>
    public static KeyName? Parse(string fileName)
    {
        foreach (var algorithm in Enum.GetValues<JwsAlgorithm>())
        {
            var prefix = Prefix(algorithm);
            if (fileName.Length == prefix.Length + Digits + Extension.Length &&
                fileName.StartsWith(prefix, StringComparison.Ordinal) &&
                fileName.EndsWith(Extension, StringComparison.Ordinal) &&
                int.TryParse(fileName.AsSpan(prefix.Length, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out var generation))
            {
                return new KeyName(algorithm, generation);
            }
        }

        return null;
    }

    public override string ToString() => $"{Prefix(Algorithm)}{Generation:D6}{Extension}";

    private static string Prefix(JwsAlgorithm algorithm) => algorithm switch
    {
        JwsAlgorithm.ES256 => "es256-",
        JwsAlgorithm.PS256 => "ps256-",
        JwsAlgorithm.RS256 => "rs256-",
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };
}
