using Microsoft.Extensions.Options;

namespace Platform.IdP.Device;

/// <summary>Where a device begins (RFC 8628 section 3.1).</summary>
internal sealed partial class DeviceAuthorizationEndpoint(
    ClientAuthenticator authenticator, RequestedAccess requestedAccess, DeviceRequestStore requests, IOptions<DeviceOptions> options,
    IOptions<IdpOptions> provider, TimeProvider clock, Refusals refusals, ILogger<DeviceAuthorizationEndpoint> logger)
{
    private const string Name = "device_authorization";

    public async Task<IResult> HandleAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // Section 3.1: the client authenticates as it does at the token endpoint.
        var authentication = await authenticator.AuthenticateAsync(request, cancellationToken);
        if (authentication is ClientCheck.Refused unauthenticated)
            return refusals.Refuse(Name, unauthenticated);

        var (client, parameters) = (ClientCheck.Valid)authentication;
        if (!client.Grants.Contains(GrantTypes.DeviceCode))
            return refusals.Refuse(Name, client.Id, "unauthorized_client", "This client may not use the device grant.");

        // Section 3.1: scope, with resource (RFC 8707) and authorization_details (RFC 9396) as at /authorize.
        var check = requestedAccess.Check(parameters, client);
        if (check is AccessCheck.Refused refused)
            return refusals.Refuse(Name, client.Id, refused.Error, refused.Description);
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

    [LoggerMessage(LogLevel.Information, "A device of {ClientId} waits for its user.")]
    private partial void LogBegun(string clientId);
}
