namespace Platform.IdP.Registration;

/// <summary>Reads config/dcr_config.yaml: <c>policy</c> for all, <c>client_profiles</c> for the kinds of clients.</summary>
internal static class RegistrationPolicyFile
{
    public static RegistrationPolicy Read(ConfigurationFile file) => file.ReadDocument(document =>
    {
        var policy = document.Section("policy", entry => new RegistrationPolicy(
            entry.Texts("allowed_scopes").ToHashSet(),
            new RedirectUriPolicy(
                (entry.OptionalTexts("redirect_uri_schemes") ?? ["https"]).ToHashSet(),
                entry.OptionalTexts("redirect_uri_hosts")?.ToHashSet(StringComparer.OrdinalIgnoreCase),
                entry.OptionalNumber("maximum_redirect_uris") ?? 10),
            entry.OptionalNumber("maximum_clients") ?? 500,
            []));
        var profiles = document.Sections("client_profiles", (name, entry) => ReadProfile(name, entry, policy));
        return profiles.Count > 0
            ? policy with { Profiles = profiles }
            : throw document.Fault("client_profiles", "at least one profile is needed: add it.");
    });

    private static RegistrationProfile ReadProfile(string name, YamlEntry entry, RegistrationPolicy policy)
    {
        var scopes = entry.OptionalTexts("allowed_scopes") ?? [.. policy.AllowedScopes];
        return scopes.FirstOrDefault(scope => !policy.AllowedScopes.Contains(scope)) is { } foreign
            ? throw entry.Fault("allowed_scopes", $"'{foreign}' is not among the policy's allowed_scopes: add it there too.")
            : new RegistrationProfile(
                name,
                entry.OptionalTexts("token_endpoint_auth_methods") ?? [entry.Text("token_endpoint_auth_method")],
                entry.Texts("grant_types"),
                scopes.ToHashSet(),
                Members(entry, "defaults"),
                Members(entry, "fixed"));
    }

    // As JSON, the way they are written into the client's entry.
    private static Dictionary<string, string> Members(YamlEntry entry, string name) => entry.Names.Contains(name)
        ? entry.Section(name, members => members.Names.ToDictionary(member => member, member => members.OptionalJson(member)!))
        : [];
}
