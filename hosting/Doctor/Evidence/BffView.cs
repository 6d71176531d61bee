namespace Platform.Doctor.Evidence;

/// <summary>What the BFF says of itself at <c>/auth/diagnostics</c> (docs/bff.md, Operations), as far as it is looked at.</summary>
internal sealed record BffView(
    DateTimeOffset Now, string Health, IReadOnlyList<DependencyView> Checks, EventsView Events, BffRegistrationView Registration,
    IReadOnlyList<ProviderView> Providers);

/// <summary>A check of a service's own health.</summary>
internal sealed record DependencyView(string Name, string Status, string? Reason);

internal sealed record EventsView(bool Required, bool Silent, DateTimeOffset? AppliedUntil);

internal sealed record BffRegistrationView(bool HasInitialAccessToken, string? Profile, bool ForceReplace, string State, string? Reason)
{
    /// <summary>Whether the BFF registers itself rather than being registered by hand.</summary>
    public bool IsWanted => HasInitialAccessToken || State is not ("not_wanted" or "begun");
}

/// <summary>What the BFF is at one provider.</summary>
internal sealed record ProviderView(
    string Name, string Issuer, string ClientId, string TokenAuthMethod, bool PushedAuthorization, bool Pkce, bool SignedResponse,
    bool ResponseIssuer, bool DPoP, IReadOnlyList<string> Scopes, IReadOnlyList<string> RedirectUris, IReadOnlyList<string> Algorithms,
    IReadOnlyList<BffKeyView>? Keys, WishedClient Client, EndpointsView? Endpoints, string? MetadataFault, string? Lacks)
{
    /// <summary>The section of its settings.</summary>
    public string Section => Name.Length == 0 ? "Oidc" : $"Providers:{Name}";

    public BffKeyView? SigningKey => Keys?.FirstOrDefault(key => key.Signs);
}

internal sealed record BffKeyView(string? KeyId, string KeyType, string? Algorithm, string Thumbprint, bool Signs);

internal sealed record EndpointsView(Uri Authorization, Uri Token, Uri Keys);
