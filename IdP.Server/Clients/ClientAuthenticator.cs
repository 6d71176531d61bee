using System.Security.Cryptography;
using System.Text;

namespace Platform.IdP.Clients;

/// <summary>Who calls /token and /par: the credentials are read once, and only the registered method counts.</summary>
internal sealed class ClientAuthenticator(ClientRegistry clients)
{
    private static readonly byte[] NoSecret = new byte[SHA256.HashSizeInBytes];

    public Task<ClientCheck> AuthenticateAsync(
        HttpRequest request, RequestParameters form, CancellationToken cancellationToken) =>
        Task.FromResult(Authenticate(request, form));

    private ClientCheck Authenticate(HttpRequest request, RequestParameters form)
    {
        var header = request.Headers.Authorization;
        var secretInBody = form["client_secret"];

        // RFC 6749 section 2.3: not more than one method in a request.
        if (header.Count > 1 || (header.Count == 1 && secretInBody is not null))
            return new ClientCheck.Refused("invalid_request", "more than one client authentication method was used");

        if (header.Count == 1)
        {
            return BasicCredentials.Parse(header.ToString()) is not { } credentials
                ? Unauthorized("the Authorization header is not valid Basic authentication")
                : form["client_id"] is { } bodyId && bodyId != credentials.ClientId
                    ? new ClientCheck.Refused("invalid_request", "client_id and the Authorization header name different clients")
                    : Check(credentials.ClientId, credentials.Secret, ClientAuthenticationMethods.Basic);
        }

        return secretInBody is null
            ? Unauthorized("no client authentication was sent")
            : Check(form["client_id"], secretInBody, ClientAuthenticationMethods.Post);
    }

    private ClientCheck Check(string? clientId, string secret, string method)
    {
        var client = clients.Find(clientId);

        // The comparison takes as long for a client that does not exist.
        var matches = CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(secret)), client?.SecretHash ?? NoSecret);

        if (client is null)
            return Unauthorized("the client is unknown");
        if (client.AuthenticationMethod != method)
            return Unauthorized($"the client {client.Id} is registered for {client.AuthenticationMethod}, not {method}");
        return matches ? new ClientCheck.Valid(client) : Unauthorized($"wrong secret for the client {client.Id}");
    }

    private static ClientCheck.Refused Unauthorized(string reason) => new("invalid_client", reason);
}

internal abstract record ClientCheck
{
    public sealed record Valid(Client Client) : ClientCheck;

    public sealed record Refused(string Error, string Reason) : ClientCheck
    {
        public OAuthError ToResult() => Error == "invalid_client"
            ? new OAuthError(Error, "Client authentication failed.", StatusCodes.Status401Unauthorized)
            : new OAuthError(Error, "More than one client authentication was sent.");
    }
}
