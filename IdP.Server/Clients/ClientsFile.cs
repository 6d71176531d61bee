using Platform.IdP.Resources;
using Platform.Tokens.Jose;

namespace Platform.IdP.Clients;

/// <summary>Reads config/clients.yaml: the members are client metadata (RFC 7591 section 2); the first fault stops it.</summary>
internal static class ClientsFile
{
    public static ClientRegistry Read(ConfigurationFile file, ResourceRegistry resources) =>
        new(file.ReadEntries("clients", "client_id", entry => ReadClient(entry, resources)));

    private static Client ReadClient(YamlEntry entry, ResourceRegistry resources)
    {
        var id = entry.Text("client_id");
        var grants = OneOf(entry, "grant_types", entry.Texts("grant_types"), GrantTypes.All);
        var method = OneOf(entry, "token_endpoint_auth_method",
            [entry.Text("token_endpoint_auth_method")], ClientAuthenticationMethods.All)[0];
        var profile = ReadProfile(entry, method);
        var isFapi = profile is not ClientProfile.Baseline;
        return new Client
        {
            Id = id,
            Name = entry.OptionalText("client_name") ?? id,
            Profile = profile,
            AuthenticationMethod = method,
            SecretHash = ClientCredentialsReader.ReadSecret(entry, method),
            Keys = ClientCredentialsReader.ReadKeys(entry),
            KeysUri = ClientAddresses.Optional(entry, "jwks_uri"),
            CertificateSubject = ClientCredentialsReader.ReadCertificateSubject(entry, method),
            Grants = grants,
            Scopes = ReadScopes(entry, resources),
            RedirectUris = ReadRedirectUris(entry, required: grants.Contains(GrantTypes.AuthorizationCode)),
            PostLogoutRedirectUris = ClientAddresses.All(entry, "post_logout_redirect_uris"),
            RequestUris = ClientAddresses.All(entry, "request_uris"),
            RequiresPushedRequests = entry.OptionalFlag("require_pushed_authorization_requests") ?? isFapi,
            RequiresPkce = entry.OptionalFlag("require_pkce") ?? true,
            RequiresSignedRequests = entry.OptionalFlag("require_signed_request_object")
                ?? profile is ClientProfile.Fapi2MessageSigning,
            RequiresDpop = entry.Flag("dpop_bound_access_tokens"),
            RequiresCertificateBinding = entry.Flag("tls_client_certificate_bound_access_tokens"),
            AssertionAlgorithm = Algorithm(entry, "token_endpoint_auth_signing_alg"),
            RequestObjectAlgorithm = Algorithm(entry, "request_object_signing_alg"),
            IdTokenAlgorithm = Algorithm(entry, "id_token_signed_response_alg") ?? JwsAlgorithm.ES256,
            UserInfoAlgorithm = Algorithm(entry, "userinfo_signed_response_alg"),
            IntrospectionAlgorithm = Algorithm(entry, "introspection_signed_response_alg"),
            AuthorizationResponseAlgorithm = Algorithm(entry, "authorization_signed_response_alg"),
            SectorIdentifierUri = ClientAddresses.Optional(entry, "sector_identifier_uri"),
            PairwiseSector = ReadSector(entry),
            AuthorizationDetailsTypes = entry.OptionalTexts("authorization_details_types") ?? [],
            UsesOpaqueAccessTokens = OneOf(entry, "access_token_format",
                [entry.OptionalText("access_token_format") ?? "jwt"], ["jwt", "opaque"])[0] == "opaque",
            SkipsConsent = entry.Flag("skip_consent"),
            DefaultMaxAge = entry.OptionalNumber("default_max_age"),
            DefaultAcrValues = entry.OptionalTexts("default_acr_values") ?? [],
            BackchannelLogoutUri = ClientAddresses.Optional(entry, "backchannel_logout_uri"),
            FrontchannelLogoutUri = ClientAddresses.Optional(entry, "frontchannel_logout_uri"),
            FrontchannelLogoutSessionRequired = entry.Flag("frontchannel_logout_session_required"),
            BackchannelDeliveryMode = entry.OptionalText("backchannel_token_delivery_mode"),
            BackchannelNotificationEndpoint = ClientAddresses.Optional(entry, "backchannel_client_notification_endpoint"),
            BackchannelRequestAlgorithm = Algorithm(entry, "backchannel_authentication_request_signing_alg"),
            InitiateLoginUri = ClientAddresses.Optional(entry, "initiate_login_uri"),
            Homepage = ClientAddresses.Optional(entry, "client_uri"),
            Logo = ClientAddresses.Optional(entry, "logo_uri"),
            Policy = ClientAddresses.Optional(entry, "policy_uri"),
            TermsOfService = ClientAddresses.Optional(entry, "tos_uri"),
            RegistrationTokenHash = entry.OptionalText("registration_access_token_hash"),
        };
    }

    // Without a profile, a client that has a key is held to FAPI 2.0; a shared secret or none cannot be.
    private static ClientProfile ReadProfile(YamlEntry entry, string method)
    {
        var name = entry.OptionalText("profile");
        var profile = name switch
        {
            null => ClientAuthenticationMethods.UsesKey(method) ? ClientProfile.Fapi2 : ClientProfile.Baseline,
            "baseline" => ClientProfile.Baseline,
            "fapi2" => ClientProfile.Fapi2,
            "fapi2_message_signing" => ClientProfile.Fapi2MessageSigning,
            _ => throw entry.Fault("profile", "'profile' must be of baseline, fapi2, fapi2_message_signing."),
        };
        return profile is ClientProfile.Baseline || ClientAuthenticationMethods.UsesKey(method)
            ? profile
            : throw entry.Fault("profile", "FAPI 2.0 clients authenticate by private_key_jwt, tls_client_auth or " +
                "self_signed_tls_client_auth: change token_endpoint_auth_method, or write 'profile: baseline'.");
    }

    private static string? ReadSector(YamlEntry entry)
    {
        if (OneOf(entry, "subject_type", [entry.OptionalText("subject_type") ?? "public"], ["public", "pairwise"])[0] == "public")
        {
            return null;
        }

        // OpenID Connect Core section 8.1
        var address = ClientAddresses.Optional(entry, "sector_identifier_uri")?.Host;
        var hosts = ClientAddresses.All(entry, "redirect_uris").Select(redirect => new Uri(redirect).Host).Distinct().ToList();
        return address ?? (hosts is [var only]
            ? only
            : throw entry.Fault("subject_type", "pairwise subjects need one host in redirect_uris, or a sector_identifier_uri."));
    }

    private static JwsAlgorithm? Algorithm(YamlEntry entry, string name) => entry.OptionalText(name) switch
    {
        null => null,
        "ES256" => JwsAlgorithm.ES256,
        "PS256" => JwsAlgorithm.PS256,
        "RS256" => JwsAlgorithm.RS256,
        _ => throw entry.Fault(name, $"'{name}' must be of ES256, PS256, RS256."),
    };

    private static IReadOnlyList<string> OneOf(
        YamlEntry entry, string name, IReadOnlyList<string> values, string[] known) =>
        values.Count > 0 && values.All(known.Contains)
            ? values
            : throw entry.Fault(name, $"'{name}' must be of {string.Join(", ", known)}.");

    // Deployments write a list 'scopes', a text 'scope', or both with the same content.
    private static IReadOnlyList<string> ReadScopes(YamlEntry entry, ResourceRegistry resources)
    {
        var list = entry.OptionalTexts("scopes");
        var text = entry.OptionalText("scope")?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var scopes = list ?? text ?? throw entry.Fault("client_id", "'scopes' is missing in this entry: add a list.");
        if (list is not null && text is not null && !list.ToHashSet().SetEquals(text))
        {
            throw entry.Fault("scope", "'scope' and 'scopes' differ: keep one of them.");
        }

        return scopes.FirstOrDefault(scope => !resources.Knows(scope)) is { } unknown
            ? throw entry.Fault(list is null ? "scope" : "scopes",
                $"no resource has the scope '{unknown}': add it to resources.yaml or remove it here.")
            : scopes;
    }

    private static IReadOnlyList<string> ReadRedirectUris(YamlEntry entry, bool required)
    {
        var addresses = ClientAddresses.All(entry, "redirect_uris");
        return required && addresses.Count == 0
            ? throw entry.Fault("client_id", "'redirect_uris' is missing: the grant authorization_code needs one.")
            : addresses;
    }
}
