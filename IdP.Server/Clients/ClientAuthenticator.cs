using System.Security.Cryptography;
using System.Text;
using Platform.Tokens.ClientAssertions;

namespace Platform.IdP.Clients;

/// <summary>
/// The beginning of every endpoint that clients call: a form, and which client sends it. What the request presents is
/// read once and proven, and only the method counts for which the client is registered.
/// </summary>
internal sealed class ClientAuthenticator(
    ClientRegistry clients, ClientAssertions assertions, ClientCertificates certificates, ClientLimit limit)
{
    // What earlier deployments say word for word, and their clients look for.
    private const string AssertionRequired = "client_assertion_type must be jwt-bearer";
    private static readonly byte[] NoSecret = new byte[SHA256.HashSizeInBytes];

    public async Task<ClientCheck> AuthenticateAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // RFC 6749 section 3.2: a form, no parameter twice.
        var reading = await RequestParameters.FromFormAsync(request, cancellationToken);
        if (reading is ParametersCheck.Refused unreadable)
            return new ClientCheck.Refused("invalid_request", $"Malformed: {unreadable.Description}.", unreadable.Description);

        // RFC 6749 section 3.2.1
        var form = ((ParametersCheck.Valid)reading).Parameters;
        var presented = PresentedCredentials.Read(request, form);
        if (presented is PresentedCredentials.Contradiction contradiction)
            return new ClientCheck.Refused("invalid_request", contradiction.Description, contradiction.Description);

        var client = clients.Find(presented.ClientId);
        var (method, refusal) = presented switch
        {
            PresentedCredentials.Secret secret => (secret.Method, SecretRefusal(client, secret.Value)),
            PresentedCredentials.Assertion assertion => (ClientAuthenticationMethods.PrivateKeyJwt,
                await assertions.RefusalAsync(client, assertion.Value, request, cancellationToken)),
            PresentedCredentials.Unreadable nothing => (null, nothing.Reason),
            _ => await NameRefusalAsync(client, request.HttpContext, cancellationToken),
        };

        if (client is null)
            return Unauthorized(presented.ClientId is null ? "no client authentication was sent" : "the client is unknown");
        if (client.AuthenticationMethod == method)
            return refusal is null ? Authenticated(client, form) : Unauthorized($"{client.Id}: {refusal}");

        // RFC 6749 section 5.2: unsupported methods are invalid_client as well.
        return Unauthorized(
            $"the client {client.Id} is registered for {client.AuthenticationMethod}, not {method ?? "this"} ({refusal})",
            client.AuthenticationMethod is ClientAuthenticationMethods.PrivateKeyJwt && !IsAssertion(form) ? AssertionRequired : null);
    }

    private ClientCheck Authenticated(Client client, RequestParameters form)
    {
        if (client.AuthenticationMethod is not ClientAuthenticationMethods.None)
            ProtocolSpan.Passed("client authentication", "RFC 6749 section 2.3", client.AuthenticationMethod);

        return Limited(client, form);
    }

    // RFC 6585 section 4
    private ClientCheck Limited(Client client, RequestParameters form) => limit.TryPass(client, form) is { } after
        ? new ClientCheck.Refused("temporarily_unavailable", "This client asks too much. Try again shortly.", $"{client.Id}: too many requests")
        {
            RetryAfter = after,
        }
        : new ClientCheck.Valid(client, form);

    private static bool IsAssertion(RequestParameters form) => form["client_assertion_type"] == ClientAssertion.Type;

    // It takes as long for a client that does not exist.
    private static string? SecretRefusal(Client? client, string secret) =>
        CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(secret)), client?.SecretHash ?? NoSecret)
            ? null
            : "the secret is wrong";

    private async ValueTask<(string? Method, string? Refusal)> NameRefusalAsync(
        Client? client, HttpContext http, CancellationToken cancellationToken) => client?.AuthenticationMethod switch
        {
            // RFC 6749 section 3.2.1
            ClientAuthenticationMethods.None => (ClientAuthenticationMethods.None, null),

            // RFC 8705 section 2
            ClientAuthenticationMethods.Tls or ClientAuthenticationMethods.SelfSignedTls => (client.AuthenticationMethod,
                await certificates.RefusalAsync(client, http.Connection.ClientCertificate, cancellationToken)),
            _ => (ClientAuthenticationMethods.None, "there is no proof beside client_id"),
        };

    private static ClientCheck.Refused Unauthorized(string reason, string? description = null) =>
        new("invalid_client", description ?? "Client authentication failed.", reason);
}
