using Microsoft.Extensions.Options;
using Platform.Bff.Configuration;

namespace Platform.Bff.Provider;

/// <summary>The providers of the configuration.</summary>
internal sealed class OpenIdProviders
{
    private readonly Dictionary<string, OpenIdProvider> _byName;
    private readonly Dictionary<string, OpenIdProvider> _byIssuer;

    public OpenIdProviders(
        IEnumerable<ProviderName> names, IOptionsMonitor<OidcOptions> options, IHttpClientFactory clients, TimeProvider clock)
    {
        _byName = names.ToDictionary(
            name => name.Value,
            name => new OpenIdProvider(
                name.Value, options.Get(name.Value), clients.CreateClient(ProviderSetup.Documents), clock),
            StringComparer.Ordinal);

        // RFC 9207 section 2.4: each authorization server has an issuer identifier of its own.
        var doubled = _byName.Values.GroupBy(provider => provider.Issuer).FirstOrDefault(same => same.Count() > 1);
        _byIssuer = doubled is null
            ? _byName.Values.ToDictionary(provider => provider.Issuer, StringComparer.Ordinal)
            : throw new OptionsValidationException(OidcOptions.FurtherSection, typeof(OidcOptions),
                [$"Two providers have the issuer {doubled.Key}: give each an issuer of its own, or remove one."]);
    }

    /// <summary>The one of section <c>Oidc</c>.</summary>
    public OpenIdProvider Default => _byName[""];

    public IReadOnlyCollection<OpenIdProvider> All => _byName.Values;

    public OpenIdProvider? Named(string? name) => _byName.GetValueOrDefault(name ?? "");

    public OpenIdProvider? OfIssuer(string issuer) => _byIssuer.GetValueOrDefault(issuer);
}

/// <summary>The name of one provider of the configuration.</summary>
internal sealed record ProviderName(string Value);
