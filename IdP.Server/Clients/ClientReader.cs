using Platform.IdP.Resources;
using Platform.Tokens.Jose;

namespace Platform.IdP.Clients;

/// <summary>
/// Reads one client from its metadata (RFC 7591 section 2 and the specifications that extend its registry). A member
/// that is wrong, or does not go with another, is a fault that says how to mend it.
/// </summary>
internal static class ClientReader
{
    /// <exception cref="ConfigurationFileException">The metadata cannot be used.</exception>
    public static Client Read(YamlEntry entry, ResourceRegistry resources)
    {
        entry.Accept(ClientMetadata.Informative);
        var id = entry.Text("client_id");
        entry.Text("token_endpoint_auth_method");
        var method = entry.OptionalChoice("token_endpoint_auth_method", ClientAuthenticationMethods.All)!;
        var profile = ClientProfiles.Read(entry, method);
        var isFapi = profile is not ClientProfile.Baseline;
        var grants = ClientProfiles.ReadGrants(entry, method);
        var client = new Client
        {
            Id = id,
            Name = entry.OptionalText("client_name") ?? id,
            Profile = profile,
            AuthenticationMethod = method,
            SecretHash = ClientCredentialsReader.ReadSecret(entry, method),
            Keys = KeySetEntry.Read(entry),
            KeysUri = ClientAddresses.Optional(entry, "jwks_uri"),
            CertificateSubject = ClientCredentialsReader.ReadCertificateSubject(entry, method),
            Grants = grants,
            Scopes = ClientScopes.Read(entry, resources),
            RedirectUris = ClientRedirects.Read(
                entry, grants, mustBeHttps: isFapi && !resources.IsOfPlainHttp, method is ClientAuthenticationMethods.None),
            PostLogoutRedirectUris = ClientAddresses.All(entry, "post_logout_redirect_uris"),
            RequestUris = ClientAddresses.All(entry, "request_uris", withFragment: true),
            RequiresPushedRequests = ClientProfiles.Flag(
                entry, "require_pushed_authorization_requests", preset: isFapi, isFapi, "FAPI 2.0 requires pushed requests"),
            RequiresPkce = ClientProfiles.Flag(
                entry, "require_pkce", preset: true, isFapi || method is ClientAuthenticationMethods.None,
                "public clients and FAPI 2.0 require PKCE"),
            RequiresSignedRequests = ClientProfiles.Flag(
                entry, "require_signed_request_object", preset: profile is ClientProfile.Fapi2MessageSigning,
                profile is ClientProfile.Fapi2MessageSigning, "FAPI 2.0 Message Signing requires signed requests"),
            RequiresDpop = entry.Flag("dpop_bound_access_tokens"),
            RequiresCertificateBinding = entry.Flag("tls_client_certificate_bound_access_tokens"),
            AssertionAlgorithm = ClientAlgorithms.Read(entry, "token_endpoint_auth_signing_alg", isFapi),
            MayAddressEndpoints = ClientProfiles.ReadAssertionAudience(entry, isFapi),
            RequestObjectAlgorithm = ClientAlgorithms.Read(entry, "request_object_signing_alg", isFapi),
            IdTokenAlgorithm = ClientAlgorithms.Read(entry, "id_token_signed_response_alg", isFapi) ?? JwsAlgorithm.ES256,
            UserInfoAlgorithm = ClientAlgorithms.Read(entry, "userinfo_signed_response_alg", isFapi),
            IntrospectionAlgorithm = ClientAlgorithms.Read(entry, "introspection_signed_response_alg", isFapi),
            AuthorizationResponseAlgorithm = ClientAlgorithms.Read(entry, "authorization_signed_response_alg", isFapi),
            SectorIdentifierUri = ClientAddresses.Optional(entry, "sector_identifier_uri"),
            PairwiseSector = ClientRedirects.ReadSector(entry),
            AuthorizationDetailsTypes = entry.OptionalTexts("authorization_details_types") ?? [],
            UsesOpaqueAccessTokens = entry.OptionalChoice("access_token_format", "jwt", "opaque") is "opaque",
            SkipsConsent = entry.Flag("skip_consent"),
            HasScopeClaimsInIdToken = entry.Flag("id_token_scope_claims"),
            DefaultMaxAge = entry.OptionalNumber("default_max_age"),
            DefaultAcrValues = entry.OptionalTexts("default_acr_values") ?? [],
            BackchannelLogoutUri = ClientAddresses.Optional(entry, "backchannel_logout_uri"),
            FrontchannelLogoutUri = ClientAddresses.Optional(entry, "frontchannel_logout_uri"),
            FrontchannelLogoutSessionRequired = entry.Flag("frontchannel_logout_session_required"),
            BackchannelDeliveryMode = entry.OptionalChoice("backchannel_token_delivery_mode", "poll", "ping")
                ?? (grants.Contains(GrantTypes.Ciba) ? "poll" : null),
            BackchannelNotificationEndpoint = ClientAddresses.Optional(entry, "backchannel_client_notification_endpoint"),
            BackchannelRequestAlgorithm =
                ClientAlgorithms.Read(entry, "backchannel_authentication_request_signing_alg", isFapi),
            InitiateLoginUri = ClientAddresses.Optional(entry, "initiate_login_uri"),
            Homepage = ClientAddresses.Optional(entry, "client_uri"),
            Logo = ClientAddresses.Optional(entry, "logo_uri"),
            Policy = ClientAddresses.Optional(entry, "policy_uri"),
            TermsOfService = ClientAddresses.Optional(entry, "tos_uri"),
            RegistrationTokenHash = entry.OptionalText("registration_access_token_hash"),
        };
        return ClientRules.Fault(client) is var (member, fault) ? throw entry.Fault(member, fault) : client;
    }
}
