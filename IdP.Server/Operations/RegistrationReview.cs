using System.Text.Json.Nodes;

namespace Platform.IdP.Operations;

/// <summary>Holds a client against the policy for registration, by the checks that a registration goes through.</summary>
internal sealed class RegistrationReview(RegistrationPolicy policy, RegistrationValidator validator, RegisteredEntries entries)
{
    /// <param name="asked">The profile to hold it against; else that of its registration, or the first that it fits into.</param>
    public async Task<RegistrationView> OfAsync(Client client, string? asked, CancellationToken cancellationToken)
    {
        var names = policy.Profiles.Select(profile => profile.Name).ToList();
        var profile = policy.Find(asked ?? RegisteredAs(client) ?? FitFor(client));
        return new(
            profile?.Name, names,
            [.. profile?.Scopes ?? policy.AllowedScopes], [.. policy.RedirectUris.Schemes], policy.RedirectUris.Hosts?.ToList(),
            policy.RedirectUris.Maximum, profile?.AuthenticationMethods ?? [], profile?.GrantTypes ?? [],
            profile is null ? null : await RefusalAsync(client, profile, cancellationToken));
    }

    private string? RegisteredAs(Client client)
    {
        try
        {
            return (string?)entries.Find(client.Id)?["registration_profile"];
        }
        catch (ConfigurationFileException)
        {
            // The file is broken at the moment, and the clients of before are in force: just then somebody looks here.
            return null;
        }
    }

    private string? FitFor(Client client) => policy.Profiles.FirstOrDefault(profile =>
        profile.AuthenticationMethods.Contains(client.AuthenticationMethod) && !client.Grants.Except(profile.GrantTypes).Any())?.Name;

    private async Task<RefusalView?> RefusalAsync(Client client, RegistrationProfile profile, CancellationToken cancellationToken) =>
        await validator.CheckAsync(new RegistrationRequest(Metadata(client)), profile.Name, cancellationToken) is
            RegistrationCheck.Refused refused
            ? new(refused.Error, refused.Description)
            : null;

    private static JsonObject Metadata(Client client) => new()
    {
        ["token_endpoint_auth_method"] = client.AuthenticationMethod,
        ["grant_types"] = List(client.Grants),
        ["redirect_uris"] = client.RedirectUris.Count > 0 ? List(client.RedirectUris) : null,
        ["scope"] = string.Join(' ', client.Scopes),
    };

    private static JsonArray List(IEnumerable<string> values) => new([.. values.Select(value => JsonValue.Create(value))]);
}
