using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Platform.Tokens.Jose;

namespace Platform.Bff.Keys;

/// <summary>The keys of <c>Bff:Keys:SigningKey</c>: the first signs, all are published.</summary>
internal sealed partial class ConfiguredKeys(IOptions<ClientKeyOptions> options)
{
    public IReadOnlyList<SigningKey> Keys { get; } = Read(options.Value.SigningKey) is (var keys, null) ? keys : [];

    /// <summary>The keys, or why there are none.</summary>
    public static (IReadOnlyList<SigningKey> Keys, string? Fault) Read(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting))
            return ([], null);

        string text;
        try
        {
            text = IsPem(setting) ? setting.Replace("\\n", "\n", StringComparison.Ordinal) : File.ReadAllText(setting);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return ([], $"the file '{setting}' cannot be read ({unreadable.Message}): mount it, or give the PEM text itself.");
        }

        try
        {
            var keys = Block().Matches(text).Select(block => ReadOne(block.Value)).ToList();
            return keys.Count > 0 ? (keys, null) : ([], "there is no private key in PEM: give one that begins with -----BEGIN PRIVATE KEY-----.");
        }
        catch (FormatException)
        {
            return ([], "a key is neither EC on P-256 nor RSA of at least 2048 bits, unencrypted: make one with " +
                "'openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256'.");
        }
    }

    private static bool IsPem(string text) => text.TrimStart().StartsWith("-----BEGIN", StringComparison.Ordinal);

    // PS256 rather than RS256: FAPI 2.0 section 5.4.1.
    private static SigningKey ReadOne(string pem)
    {
        try
        {
            return SigningKey.FromPem(pem, JwsAlgorithm.ES256);
        }
        catch (FormatException)
        {
            return SigningKey.FromPem(pem, JwsAlgorithm.PS256);
        }
    }

    [GeneratedRegex("-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----", RegexOptions.Singleline)]
    private static partial Regex Block();
}
