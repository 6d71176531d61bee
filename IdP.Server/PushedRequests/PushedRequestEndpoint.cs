using Microsoft.Extensions.Options;

namespace Platform.IdP.PushedRequests;

/// <summary>Pushed authorization requests (RFC 9126).</summary>
internal static partial class PushedRequestEndpoint
{
    public const string Path = "/par";

    public static void MapPushedRequests(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, Push).ChecksProofsFirst();

    internal static async Task<IResult> Push(
        HttpContext http, ClientAuthenticator authenticator, PushedRequestReader reader, SenderConstraints senders,
        PushedRequestStore pushed, IOptions<IdpOptions> options,
        ILogger<PushedRequestStore> logger, CancellationToken cancellationToken)
    {
        // RFC 6749 section 3.1
        var form = await RequestParameters.FromFormAsync(http.Request, cancellationToken);
        if (form is ParametersCheck.Refused unreadable)
            return Refuse(logger, "unknown", "invalid_request", $"Malformed: {unreadable.Description}.");

        var parameters = ((ParametersCheck.Valid)form).Parameters;

        // Section 2.1: the client authenticates as it does at the token endpoint.
        var authentication = await authenticator.AuthenticateAsync(http.Request, parameters, cancellationToken);
        if (authentication is ClientCheck.Refused unauthenticated)
        {
            Record(logger, "unknown", unauthenticated.Error, unauthenticated.Reason);
            return unauthenticated.ToResult();
        }

        var client = ((ClientCheck.Valid)authentication).Client;

        // Section 2.1: client_id is part of the authorization request and names the client that authenticates.
        if (parameters["client_id"] is { } clientId && clientId != client.Id)
            return Refuse(logger, client.Id, "invalid_request", "client_id names another client.");

        // Section 2.1, step 3: all that /authorize would check.
        var check = await reader.ReadAsync(parameters, client, cancellationToken);
        if (check is AuthorizationCheck.Refused refused)
        {
            Record(logger, client.Id, refused.Error, refused.Reason ?? refused.Description);
            return new OAuthError(refused.Error, refused.Description);
        }

        // RFC 9449 section 10.1: a proof binds the code as dpop_jkt does; when both are there, they name one key.
        var sender = await senders.CheckProofAsync(http, cancellationToken);
        if (sender is SenderCheck.Refused unproven)
            return Refuse(logger, client.Id, unproven.Error, unproven.Description);

        var request = ((AuthorizationCheck.Valid)check).Request;
        var key = ((SenderCheck.Valid)sender).Confirmation?.KeyThumbprint;
        if (key is not null && request.DpopKeyThumbprint is { } announced && announced != key)
            return Refuse(logger, client.Id, "invalid_dpop_proof", "dpop_jkt and the DPoP proof name different keys.");

        var requestUri = await pushed.SaveAsync(request with { DpopKeyThumbprint = key ?? request.DpopKeyThumbprint });
        return TypedResults.Json(
            new Dictionary<string, object>
            {
                ["request_uri"] = requestUri,
                ["expires_in"] = (int)options.Value.Lifetimes.PushedRequest.TotalSeconds,
            },
            statusCode: StatusCodes.Status201Created);
    }

    private static OAuthError Refuse(ILogger logger, string clientId, string error, string description)
    {
        Record(logger, clientId, error, description);
        return new OAuthError(error, description);
    }

    private static void Record(ILogger logger, string clientId, string error, string reason)
    {
        LogRefused(logger, clientId, error, reason);
        IdpTelemetry.Refusals.Add(1, new("endpoint", "par"), new("error", error));
    }

    [LoggerMessage(LogLevel.Information, "A pushed request of {ClientId} was refused, {Error}: {Reason}")]
    private static partial void LogRefused(ILogger logger, string clientId, string error, string reason);
}
