using Microsoft.Extensions.Options;

namespace Platform.IdP.Ciba;

/// <summary>Where a client asks for a person's authentication (CIBA Core section 7).</summary>
internal sealed partial class BackchannelAuthenticationEndpoint(
    ClientAuthenticator authenticator, SignedRequestReader signedRequests, CibaRequestValidator validator,
    CibaRequestStore requests, IOptions<CibaOptions> options, TimeProvider clock,
    Refusals refusals, ILogger<BackchannelAuthenticationEndpoint> logger)
{
    private const string Name = "bc_authorize";

    // All that may stand beside a signed request: the client's authentication.
    private static readonly string[] Parameters =
    [
        "scope", "client_notification_token", "acr_values", "login_hint_token", "id_token_hint", "login_hint",
        "binding_message", "user_code", "requested_expiry", "authorization_details", "resource",
    ];

    public async Task<IResult> HandleAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // Section 7.1: the client authenticates as it does at the token endpoint.
        var authentication = await authenticator.AuthenticateAsync(request, cancellationToken);
        if (authentication is ClientCheck.Refused unauthenticated)
            return refusals.Refuse(Name, unauthenticated);

        // Section 13
        var (client, parameters) = (ClientCheck.Valid)authentication;
        if (!client.Grants.Contains(GrantTypes.Ciba))
            return refusals.Refuse(Name, client.Id, "unauthorized_client", "This client may not use CIBA.");
        if (client.BackchannelDeliveryMode is { } mode && !CibaModes.All.Contains(mode))
            return refusals.Refuse(Name, client.Id, "unauthorized_client", "This client is registered for a delivery mode that is not offered.");
        if (client is { BackchannelDeliveryMode: CibaModes.Ping, BackchannelNotificationEndpoint: null })
            return refusals.Refuse(Name, client.Id, "unauthorized_client", "This client has no backchannel_client_notification_endpoint.");

        // Section 7.1.1
        if (parameters["request"] is { } signed)
        {
            if (Parameters.Any(name => parameters[name] is not null))
                return refusals.Refuse(Name, client.Id, "invalid_request", "All parameters of a signed request stand inside of it.");
            var reading = await signedRequests.ReadAsync(signed, client, cancellationToken);
            if (reading is ParametersCheck.Refused invalid)
                return refusals.Refuse(Name, client.Id, "invalid_request", invalid.Description);
            parameters = ((ParametersCheck.Valid)reading).Parameters;
        }
        else if (client.IsFapi || client.BackchannelRequestAlgorithm is not null)
        {
            return refusals.Refuse(Name, client.Id, "invalid_request", "This client must sign its requests.");
        }

        var authReqId = Handle.New();
        var check = validator.Check(authReqId, parameters, client);
        if (check is CibaCheck.Refused refused)
            return refusals.Refuse(Name, client.Id, refused.Error, refused.Description);

        var waiting = ((CibaCheck.Valid)check).Request;

        // Section 13: access_denied. Nobody is asked so often that she says yes to have her peace.
        if (!await requests.TryAddAsync(authReqId, waiting, options.Value.WaitingPerUser))
            return refusals.Refuse(
                Name, client.Id, "access_denied", "Too many requests wait for this user.", status: StatusCodes.Status403Forbidden);

        LogBegun(client.Id, waiting.Subject!);

        // Section 7.3
        return TypedResults.Json(new Dictionary<string, object>
        {
            ["auth_req_id"] = authReqId,
            ["expires_in"] = (long)(waiting.ExpiresAt - clock.GetUtcNow()).TotalSeconds,
            ["interval"] = (long)options.Value.Interval.TotalSeconds,
        });
    }

    [LoggerMessage(LogLevel.Information, "{ClientId} asks for the authentication of {Subject}.")]
    private partial void LogBegun(string clientId, string subject);
}
