namespace Platform.IdP.Clients;

/// <summary>What the members of a client's metadata demand of each other.</summary>
internal static class ClientRules
{
    public static (string Member, string Fault)? Fault(Client client)
    {
        var hasKeys = client.Keys is not null || client.KeysUri is not null;

        // RFC 7591 section 2
        if (client.Keys is not null && client.KeysUri is not null)
            return ("jwks_uri", "'jwks' and 'jwks_uri' exclude each other: keep one of them.");

        // OpenID Connect Core section 9, RFC 8705 section 2.2.2
        if (!hasKeys && client.AuthenticationMethod is ClientAuthenticationMethods.PrivateKeyJwt or ClientAuthenticationMethods.SelfSignedTls)
            return ("token_endpoint_auth_method", $"{client.AuthenticationMethod} needs the client's keys: add 'jwks' or 'jwks_uri'.");
        if (client.AuthenticationMethod is ClientAuthenticationMethods.PrivateKeyJwt && client.Keys is { } keys &&
            !client.AssertionAlgorithms.Any(algorithm => keys.Candidates(null, algorithm).Any()))
            return ("jwks", $"no key in it is for {string.Join(" or ", client.AssertionAlgorithms)}, with which this client authenticates: add one.");

        // RFC 9101 section 10.5, CIBA section 4: who signs its requests has keys.
        if (!hasKeys && client.RequiresSignedRequests)
            return ("require_signed_request_object", "signed requests need the client's keys: add 'jwks' or 'jwks_uri'.");
        if (!hasKeys && client.RequestObjectAlgorithm is not null)
            return ("request_object_signing_alg", "signed requests need the client's keys: add 'jwks' or 'jwks_uri'.");
        if (!hasKeys && client.BackchannelRequestAlgorithm is not null)
            return ("backchannel_authentication_request_signing_alg", "signed requests need the client's keys: add 'jwks' or 'jwks_uri'.");

        // CIBA section 4
        if (client.BackchannelDeliveryMode is "ping" && client.BackchannelNotificationEndpoint is null)
            return ("backchannel_token_delivery_mode", "ping needs an address to notify: add 'backchannel_client_notification_endpoint'.");
        return null;
    }
}
