using Microsoft.Extensions.Options;

namespace Platform.IdP.PushedRequests;

/// <summary>Pushed authorization requests (RFC 9126).</summary>
internal static class PushedRequestEndpoint
{
    public const string Path = "/par";
    private const string Name = "par";

    public static void MapPushedRequests(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, Push).ChecksProofsFirst();

    internal static async Task<IResult> Push(
        HttpContext http, ClientAuthenticator authenticator, PushedRequestReader reader, SenderConstraints senders,
        PushedRequestStore pushed, IOptions<IdpOptions> options,
        Refusals refusals, CancellationToken cancellationToken)
    {
        // Section 2.1: the client authenticates as it does at the token endpoint.
        var authentication = await authenticator.AuthenticateAsync(http.Request, cancellationToken);
        if (authentication is ClientCheck.Refused unauthenticated)
            return refusals.Refuse(Name, unauthenticated);

        var (client, parameters) = (ClientCheck.Valid)authentication;

        // Section 2.1: client_id is part of the authorization request and names the client that authenticates.
        if (parameters["client_id"] is { } clientId && clientId != client.Id)
            return refusals.Refuse(Name, client.Id, "invalid_request", "client_id names another client.");

        // Section 2.1, step 3: all that /authorize would check.
        var check = await reader.ReadAsync(parameters, client, cancellationToken);
        if (check is AuthorizationCheck.Refused refused)
            return refusals.Refuse(Name, client.Id, refused.Error, refused.Description, refused.Reason);

        // RFC 9449 section 10.1: a proof binds the code as dpop_jkt does; when both are there, they name one key.
        var sender = await senders.CheckProofAsync(http, cancellationToken);
        if (sender is SenderCheck.Refused unproven)
            return refusals.Refuse(Name, client.Id, unproven.Error, unproven.Description);

        var request = ((AuthorizationCheck.Valid)check).Request;
        var key = ((SenderCheck.Valid)sender).Confirmation?.KeyThumbprint;
        if (key is not null && request.DpopKeyThumbprint is { } announced && announced != key)
            return refusals.Refuse(Name, client.Id, "invalid_dpop_proof", "dpop_jkt and the DPoP proof name different keys.");

        var requestUri = await pushed.SaveAsync(request with { DpopKeyThumbprint = key ?? request.DpopKeyThumbprint });
        return new PushedRequestResponse(requestUri, options.Value.Lifetimes.PushedRequest);
    }
}
