using System.Collections.Frozen;
using Platform.IdP.Resources;

namespace Platform.IdP.TokenExchange;

/// <summary>Who may exchange which tokens for which (config/token_exchange.yaml, which need not exist): all else is denied.</summary>
internal sealed class ExchangePolicy(IReadOnlyList<ExchangeRule> rules)
{
    public const string FileName = "token_exchange.yaml";

    private readonly FrozenDictionary<string, ExchangeRule> _rules =
        rules.ToFrozenDictionary(rule => rule.ClientId, StringComparer.Ordinal);

    public ExchangeRule? Find(Client client) => _rules.GetValueOrDefault(client.Id);

    public static ExchangePolicy Read(ConfigurationFile file, ResourceRegistry resources) =>
        new(file.Exists ? file.ReadEntries("exchanges", "client_id", entry => ReadRule(entry, resources)) : []);

    private static ExchangeRule ReadRule(YamlEntry entry, ResourceRegistry resources) => new(
        entry.Text("client_id"),
        Audiences(entry, "audiences", entry.Texts("audiences"), resources),
        Audiences(entry, "acts_for", entry.OptionalTexts("acts_for") ?? [], resources),
        entry.Flag("impersonation"));

    private static IReadOnlyList<string> Audiences(
        YamlEntry entry, string name, IReadOnlyList<string> audiences, ResourceRegistry resources) =>
        audiences.FirstOrDefault(audience => !resources.KnowsAudience(audience)) is { } unknown
            ? throw entry.Fault(name, $"no resource has the audience '{unknown}': add it to resources.yaml or remove it here.")
            : audiences;
}

/// <param name="Audiences">Whom it may get tokens for.</param>
/// <param name="ActsFor">The resource servers that it is: it may exchange what was sent to them.</param>
/// <param name="MayImpersonate">Whether its tokens need not say who acts (RFC 8693 section 1.1).</param>
internal sealed record ExchangeRule(
    string ClientId, IReadOnlyList<string> Audiences, IReadOnlyList<string> ActsFor, bool MayImpersonate);
