using System.Collections.Frozen;
using Platform.IdP.Resources;
using Platform.Tokens.Jose;

namespace Platform.IdP.JwtBearer;

/// <summary>Whose assertions are taken (config/issuers.yaml, which need not exist): nobody's, unless it says so.</summary>
internal sealed class TrustedIssuers(IReadOnlyList<TrustedIssuer> issuers)
{
    public const string FileName = "issuers.yaml";

    private readonly FrozenDictionary<string, TrustedIssuer> _issuers =
        issuers.ToFrozenDictionary(issuer => issuer.Issuer, StringComparer.Ordinal);

    public TrustedIssuer? Find(string issuer) => _issuers.GetValueOrDefault(issuer);

    public static TrustedIssuers Read(ConfigurationFile file, ResourceRegistry resources) =>
        new(file.Exists ? file.ReadEntries("issuers", "issuer", entry => ReadIssuer(entry, resources)) : []);

    private static TrustedIssuer ReadIssuer(YamlEntry entry, ResourceRegistry resources)
    {
        var keys = KeySetEntry.Read(entry);
        var address = ClientAddresses.Optional(entry, "jwks_uri");
        if (keys is null == address is null)
        {
            throw entry.Fault("issuer", "give either 'jwks' or 'jwks_uri'.");
        }

        return new TrustedIssuer
        {
            Issuer = entry.Text("issuer"),
            Keys = keys,
            KeysUri = address,
            Algorithms = [.. (entry.OptionalTexts("algorithms") ?? ["ES256", "PS256"]).Select(name => ReadAlgorithm(entry, name))],
            Clients = entry.Texts("clients"),
            Scopes = ReadScopes(entry, resources),
            SubjectClaim = entry.OptionalText("subject_claim") ?? "sub",
            NamesUsers = entry.OptionalText("subject_is") switch
            {
                null or "sub" => false,
                "username" => true,
                _ => throw entry.Fault("subject_is", "'subject_is' must be of sub, username."),
            },
        };
    }

    private static JwsAlgorithm ReadAlgorithm(YamlEntry entry, string name) => name switch
    {
        "ES256" => JwsAlgorithm.ES256,
        "PS256" => JwsAlgorithm.PS256,
        "RS256" => JwsAlgorithm.RS256,
        _ => throw entry.Fault("algorithms", "'algorithms' must be of ES256, PS256, RS256."),
    };

    private static IReadOnlyList<string> ReadScopes(YamlEntry entry, ResourceRegistry resources)
    {
        var scopes = entry.Texts("scopes");
        return scopes.FirstOrDefault(scope => !resources.Knows(scope)) is { } unknown
            ? throw entry.Fault("scopes", $"no resource has the scope '{unknown}': add it to resources.yaml or remove it here.")
            : scopes;
    }
}
