namespace Platform.IdP.Registration;

/// <summary>What may be registered, by config/dcr_config.yaml.</summary>
/// <param name="Profiles">By name; the first is meant where a request names none.</param>
internal sealed record RegistrationPolicy(
    IReadOnlySet<string> AllowedScopes, RedirectUriPolicy RedirectUris, int MaximumClients,
    IReadOnlyList<RegistrationProfile> Profiles)
{
    public RegistrationProfile? Find(string? name) =>
        name is null ? Profiles[0] : Profiles.FirstOrDefault(profile => profile.Name == name);
}

/// <param name="Schemes">Beside https: <c>http</c> for loopback addresses, or private-use schemes (RFC 8252 section 7).</param>
/// <param name="Hosts">Null: any.</param>
internal sealed record RedirectUriPolicy(IReadOnlySet<string> Schemes, IReadOnlySet<string>? Hosts, int Maximum)
{
    public bool Allows(string address) =>
        ClientAddresses.IsAcceptable(address) && new Uri(address) is var uri &&
        Schemes.Contains(uri.Scheme) && Hosts?.Contains(uri.Host) is not false;
}

/// <summary>A kind of client: what it may choose from, and what it is given.</summary>
/// <param name="Defaults">Metadata where the request says nothing.</param>
/// <param name="Fixed">Members of the entry in clients.yaml that no request can change, for example its security profile.</param>
internal sealed record RegistrationProfile(
    string Name, IReadOnlyList<string> AuthenticationMethods, IReadOnlyList<string> GrantTypes,
    IReadOnlySet<string> Scopes, IReadOnlyDictionary<string, string> Defaults, IReadOnlyDictionary<string, string> Fixed);
