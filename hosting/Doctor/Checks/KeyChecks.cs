using Platform.Doctor.Evidence;
using Platform.Doctor.Reports;

namespace Platform.Doctor.Checks;

/// <summary>The keys that signatures of the BFF are verified by.</summary>
internal static class KeyChecks
{
    private const string Group = "Keys";
    private const string Reference = "RFC 7517 section 5, OpenID Connect Core section 10.1";

    public static readonly Check[] All =
    [
        Check.Of("client-keys", Group, "The IdP has the key that the BFF signs with", file => file.Provider, file => file.Client, ClientKeys),
        Check.Of("jwks-uri", Group, "The client's jwks_uri is where the BFF publishes its keys",
            file => file.Provider, file => file.Client, JwksUri),
        Check.Of("key-algorithm", Group, "The BFF signs with an algorithm that its client may use",
            file => file.Provider, file => file.Client, Algorithm),
        Check.Of("bff-jwks", Group, "The BFF publishes the key that it signs with", file => file.Provider, file => file.BffKeys, Published),
        Check.Of("idp-jwks", Group, "The IdP publishes keys for the tokens of this client",
            file => file.Provider, file => file.Client, file => file.IdpKeys, IdpKeys),
    ];

    public static IEnumerable<Finding> ClientKeys(ProviderView provider, ClientView client)
    {
        if (!UsesKey(provider, client))
            yield break;

        if (client.KeysFault is { } fault)
        {
            yield return Wrong($"The IdP cannot fetch the client's keys from {client.JwksUri}: {fault}.",
                "The address is wrong, is not reached from where the IdP runs, shows a certificate that it does not trust, or leads into a " +
                "network where it must not go.",
                $"Set jwks_uri to {provider.Client.JwksUri}; let the IdP reach it (Idp:Outbound:AllowedHosts, Idp:Outbound:CaFile).");
            yield break;
        }

        if (provider.SigningKey is not { } signing)
        {
            yield return Wrong("The BFF knows no key that it signs with.", "Its keys are in Redis, which does not answer.", "Start Redis.");
            yield break;
        }

        var known = client.Keys ?? [];
        if (known.Any(key => key.Thumbprint == signing.Thumbprint && key.Kid == signing.KeyId))
            yield break;

        var found = known.FirstOrDefault(key => key.Kid == signing.KeyId) is { } namesake
            ? $"Its key of this kid is another one (thumbprint {namesake.Thumbprint}, that of the BFF is {signing.Thumbprint})."
            : known.FirstOrDefault(key => key.Thumbprint == signing.Thumbprint) is { } renamed
                ? $"It has the key under the kid '{renamed.Kid}'."
                : known.Count == 0 ? "It has none." : $"It has {string.Join(", ", known.Select(key => $"'{key.Kid}'"))}.";
        yield return Wrong(
            $"The IdP does not have the key '{signing.KeyId}' that the BFF signs with. {found}" +
                string.Concat(client.UnusableKeys.Select(reason => $" One was left out: {reason}")),
            "401 invalid_client: the signature of the client assertion does not verify. Keys that are written into clients.yaml do not " +
            "follow a rotation; several BFFs with one client_id each have keys of their own.",
            $"Register 'jwks_uri: {provider.Client.JwksUri}' instead of jwks; or give the BFF the private key of the registered one " +
            "(BFF_JWT_SIGNING_KEY).");
    }

    public static IEnumerable<Finding> JwksUri(ProviderView provider, ClientView client)
    {
        if (!UsesKey(provider, client) || client.JwksUri == provider.Client.JwksUri)
            yield break;

        yield return client.JwksUri is { } other
            ? new Finding(Severity.Mismatch, "jwks-uri",
                $"The client's jwks_uri is '{other}', and the BFF publishes its keys at '{provider.Client.JwksUri}'. " +
                AddressDifference.Explain(provider.Client.JwksUri, [other]),
                "The IdP verifies assertions by keys of somebody else, or by none; a rotation does not reach it.",
                $"Set jwks_uri of {client.ClientId} to {provider.Client.JwksUri} in clients.yaml.", Reference)
            : new Finding(Severity.Note, "jwks-uri",
                "The client's keys are written into its registration (jwks).",
                "The next rotation of the BFF's keys ends every sign-in until somebody changes clients.yaml.",
                $"Replace jwks by 'jwks_uri: {provider.Client.JwksUri}' in clients.yaml.", Reference);
    }

    public static IEnumerable<Finding> Algorithm(ProviderView provider, ClientView client)
    {
        if (UsesKey(provider, client) && provider.SigningKey is { Algorithm: { } algorithm } && !client.AssertionAlgorithms.Contains(algorithm))
            yield return new Finding(
                Severity.Mismatch, "key-algorithm",
                $"The BFF signs with {algorithm}, and the client may use {string.Join(", ", client.AssertionAlgorithms)}.",
                "401 invalid_client: token_endpoint_auth_signing_alg of the client, or its profile, does not allow the algorithm of this key.",
                $"Set token_endpoint_auth_signing_alg to {algorithm} (or remove it) in clients.yaml; or give the BFF a key of the other type " +
                "(BFF_JWT_SIGNING_KEY: EC on P-256 signs with ES256, RSA with PS256).",
                "RFC 7591 section 2, FAPI 2.0 Security Profile section 5.4.1");
    }

    public static IEnumerable<Finding> Published(ProviderView provider, IReadOnlyList<PublishedKey> published)
    {
        if (provider.TokenAuthMethod == AuthenticationChecks.PrivateKeyJwt && provider.SigningKey is { } signing &&
            !published.Any(key => key.Thumbprint == signing.Thumbprint && key.KeyId == signing.KeyId))
            yield return new Finding(
                Severity.Mismatch, "bff-jwks",
                $"The key '{signing.KeyId}' that the BFF signs with is not in its key set.",
                "Another service answers under the BFF's address, a cache holds an old answer, or replicas have different keys.",
                "See who answers at /.well-known/jwks.json; give all replicas the same Redis, DataProtection:Secret and BFF_JWT_SIGNING_KEY.",
                Reference);
    }

    public static IEnumerable<Finding> IdpKeys(ProviderView provider, ClientView client, IReadOnlyList<PublishedKey> published)
    {
        var algorithm = client.IdTokenSignedResponseAlg;
        if (!provider.Algorithms.Contains(algorithm))
            yield return new Finding(
                Severity.Mismatch, "idp-jwks",
                $"ID tokens of this client are signed with {algorithm}, and the BFF takes {string.Join(", ", provider.Algorithms)}.",
                "The BFF refuses the ID token, and every sign-in fails at its end.",
                $"Set id_token_signed_response_alg to one of those in clients.yaml, or add {algorithm} to {provider.Section}:SigningAlgorithms.",
                "OpenID Connect Core section 3.1.3.7");
        else if (!published.Any(key => key.Algorithm == algorithm || key.Algorithm is null))
            yield return new Finding(
                Severity.Mismatch, "idp-jwks",
                $"The IdP signs with {algorithm}, and publishes no key for it ({published.Count} keys).",
                "Nobody can verify its tokens.",
                "Look at Keys:Folder of the IdP and at who answers at its jwks_uri; POST /admin/keys/rotate makes new keys.",
                "OpenID Connect Core section 10.1");
    }

    private static bool UsesKey(ProviderView provider, ClientView client) =>
        provider.TokenAuthMethod == AuthenticationChecks.PrivateKeyJwt && client.TokenEndpointAuthMethod == AuthenticationChecks.PrivateKeyJwt;

    private static Finding Wrong(string what, string cause, string fix) =>
        new(Severity.Mismatch, "client-keys", what, cause, fix, Reference);
}
