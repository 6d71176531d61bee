using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Platform.Tokens.Jose;

namespace Platform.Tests.Conformance;

/// <summary>docs/idp-grants.md: what it has people write into the configuration, and what those files ask of the settings.</summary>
internal sealed partial class Walkthrough(SigningKey partner)
{
    public static string Page { get; } = Path.Combine(AppContext.BaseDirectory, "Conformance", "idp-grants.md");

    public string Secret { get; } = RandomNumberGenerator.GetHexString(48);

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["WALKTHROUGH_SECRET"] = Secret,
        ["PARTNER_JWKS"] = new JsonWebKeySet([partner.PublicKey]).ToJson(),
    };

    /// <summary>Writes each block of YAML at the end of the file that its first line names.</summary>
    public static void Configure(string folder)
    {
        foreach (Match block in Block().Matches(File.ReadAllText(Page)))
        {
            File.AppendAllText(Path.Combine(folder, block.Groups["file"].Value), "\n" + block.Groups["content"].Value);
        }
    }

    [GeneratedRegex(@"^```yaml\n(?<content> *# [^\n]*?(?<file>[a-z_]+\.yaml)\n.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
