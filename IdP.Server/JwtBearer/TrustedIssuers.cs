using System.Collections.Frozen;
using System.Text;
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
        var keys = ReadKeys(entry);
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

    private static JsonWebKeySet? ReadKeys(YamlEntry entry)
    {
        if (entry.OptionalJson("jwks") is not { } json)
        {
            return null;
        }

        try
        {
            return JsonWebKeySet.Parse(Encoding.UTF8.GetBytes(json)) is { Keys.Count: > 0 } keys
                ? keys
                : throw entry.Fault("jwks", "no key in it can be used: public ones only, RSA of 2048 bits or more or EC on P-256.");
        }
        catch (FormatException unusable)
        {
            throw entry.Fault("jwks", $"{unusable.Message} Write {{keys: [...]}} as in RFC 7517.");
        }
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
