using Microsoft.Extensions.Options;

namespace Platform.IdP.Device;

/// <summary>Where a device begins (RFC 8628 section 3.1).</summary>
internal sealed partial class DeviceAuthorizationEndpoint(
    ClientAuthenticator authenticator, RequestedAccess requestedAccess, DeviceRequestStore requests, IOptions<DeviceOptions> options,
    IOptions<IdpOptions> provider, TimeProvider clock, ILogger<DeviceAuthorizationEndpoint> logger)
{
    public async Task<IResult> HandleAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // RFC 6749 section 3.2: a form, no parameter twice.
        var form = await RequestParameters.FromFormAsync(request, cancellationToken);
        if (form is ParametersCheck.Refused unreadable)
            return Refuse("unknown", "invalid_request", $"Malformed: {unreadable.Description}.", unreadable.Description);

        var parameters = ((ParametersCheck.Valid)form).Parameters;

        // Section 3.1: the client authenticates as it does at the token endpoint.
        var authentication = await authenticator.AuthenticateAsync(request, parameters, cancellationToken);
        if (authentication is ClientCheck.Refused unauthenticated)
        {
            Record("unknown", unauthenticated.Error, unauthenticated.Reason);
            return unauthenticated.ToResult();
        }

        var client = ((ClientCheck.Valid)authentication).Client;
        if (!client.Grants.Contains(GrantTypes.DeviceCode))
            return Refuse(client.Id, "unauthorized_client", "This client may not use the device grant.", "not its grant");

        // Section 3.1: scope, with resource (RFC 8707) and authorization_details (RFC 9396) as at /authorize.
        var check = requestedAccess.Check(parameters, client);
        if (check is AccessCheck.Refused refused)
            return Refuse(client.Id, refused.Error, refused.Description, refused.Description);
        var access = (AccessCheck.Valid)check;

        var deviceCode = Handle.New();
        var userCode = await requests.SaveWithUserCodeAsync(deviceCode, new CrossDeviceRequest
        {
            Id = Handle.Hash(deviceCode),
            ClientId = client.Id,
            Scopes = access.Scopes,
            Resources = access.Resources,
            AuthorizationDetails = access.AuthorizationDetails,
            Claims = access.Claims?.Json,
            ExpiresAt = clock.GetUtcNow() + options.Value.Lifetime,
            Trace = IdpTelemetry.CurrentTrace,
        });
        LogBegun(client.Id);

        // Section 3.2
        var address = provider.Value.Issuer + DevicePages.Path;
        return TypedResults.Json(new Dictionary<string, object>
        {
            ["device_code"] = deviceCode,
            ["user_code"] = userCode,
            ["verification_uri"] = address,
            ["verification_uri_complete"] = $"{address}?user_code={userCode}",
            ["expires_in"] = (long)options.Value.Lifetime.TotalSeconds,
            ["interval"] = (long)options.Value.Interval.TotalSeconds,
        });
    }

    private OAuthError Refuse(string clientId, string error, string description, string reason)
    {
        Record(clientId, error, reason);
        return new OAuthError(error, description);
    }

    private void Record(string clientId, string error, string reason)
    {
        LogRefused(clientId, error, reason);
        IdpTelemetry.Refusals.Add(1, new("endpoint", "device_authorization"), new("error", error));
    }

    [LoggerMessage(LogLevel.Information, "A device of {ClientId} waits for its user.")]
    private partial void LogBegun(string clientId);

    [LoggerMessage(LogLevel.Information, "A device authorization request of {ClientId} was refused, {Error}: {Reason}.")]
    private partial void LogRefused(string clientId, string error, string reason);
}
