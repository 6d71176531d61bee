namespace Platform.IdP.Clients;

/// <summary>Reads which profile a client is held to, and what follows from it.</summary>
internal static class ClientProfiles
{
    // Without a profile, a client that has a key is held to FAPI 2.0; a shared secret or none cannot be.
    public static ClientProfile Read(YamlEntry entry, string method)
    {
        var profile = entry.OptionalChoice("profile", "baseline", "fapi2", "fapi2_message_signing") switch
        {
            null => ClientAuthenticationMethods.UsesKey(method) ? ClientProfile.Fapi2 : ClientProfile.Baseline,
            "baseline" => ClientProfile.Baseline,
            "fapi2" => ClientProfile.Fapi2,
            _ => ClientProfile.Fapi2MessageSigning,
        };
        return profile is ClientProfile.Baseline || ClientAuthenticationMethods.UsesKey(method)
            ? profile
            : throw entry.Fault("profile", "FAPI 2.0 clients authenticate by private_key_jwt, tls_client_auth or " +
                "self_signed_tls_client_auth: change token_endpoint_auth_method, or write 'profile: baseline'.");
    }

    public static IReadOnlyList<string> ReadGrants(YamlEntry entry, string method)
    {
        var grants = entry.Choices("grant_types", GrantTypes.All);

        // RFC 6749 section 4.4, CIBA section 4: the client's own credentials are what counts.
        return method is ClientAuthenticationMethods.None &&
            grants.FirstOrDefault(grant => grant is GrantTypes.ClientCredentials or GrantTypes.Ciba) is { } confidential
                ? throw entry.Fault("grant_types",
                    $"a public client cannot have {confidential}: remove it, or give the client a token_endpoint_auth_method.")
                : grants;
    }

    /// <summary>Whether an assertion may name an endpoint as its audience, beside the issuer identifier.</summary>
    public static bool ReadAssertionAudience(YamlEntry entry, bool isFapi)
    {
        var named = entry.OptionalChoice("client_assertion_audience", "issuer", "endpoint");
        return named is not "endpoint" || !isFapi
            ? named is "endpoint"
            : throw entry.Fault("client_assertion_audience",
                "FAPI 2.0 has the issuer as the only audience: write 'issuer', or 'profile: baseline'.");
    }

    /// <summary>A flag that some clients cannot turn off.</summary>
    public static bool Flag(YamlEntry entry, string name, bool preset, bool isMandatory, string why)
    {
        var value = entry.OptionalFlag(name) ?? preset;
        return value || !isMandatory ? value : throw entry.Fault(name, $"{why}: remove '{name}: false'.");
    }
}
