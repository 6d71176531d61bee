using Microsoft.Extensions.Options;

namespace Platform.IdP.Registration;

/// <summary>The client registration endpoint (RFC 7591 section 3).</summary>
internal sealed partial class RegistrationEndpoint(
    InitialAccessTokenStore tokens, RegistrationValidator validator, ClientRegistration registration,
    ClientRegistry clients, IOptions<RegistrationOptions> options,
    AuditLog audit, ILogger<RegistrationEndpoint> logger)
{
    public async Task<IResult> HandleAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        // Section 3: by default somebody must have been allowed to.
        var token = BearerToken.Of(http);
        var permission = token is null ? null : await tokens.FindAsync(token);
        if (permission is null && (token is not null || !options.Value.Open))
            return Unauthorized(token is null ? "no initial access token was sent" : "the initial access token is unknown, spent or expired");

        if (await RegistrationRequest.ReadAsync(http, cancellationToken) is not { } request)
            return Refuse("invalid_client_metadata", "The body must be a JSON object with unique members (application/json).");

        var check = await validator.CheckAsync(request, permission?.Profile, cancellationToken);
        if (check is not RegistrationCheck.Valid valid)
            return Refuse(((RegistrationCheck.Refused)check).Error, ((RegistrationCheck.Refused)check).Description);

        var replace = request.Flag("force_replace");
        if (permission?.ClientId is { } known && !replace && clients.Find(known) is not null)
            return Refuse("invalid_client_metadata",
                "A client with this client_id exists. Set force_replace to replace it (DCR_FORCE_REPLACE).");

        // Single use: whoever takes it registers, and nobody else.
        if (permission is not null && !await tokens.UseAsync(token!))
            return Unauthorized("the initial access token was spent a moment ago");

        switch (await RegisterAsync(permission, token, valid, replace, cancellationToken))
        {
            case RegistrationOutcome.Registered registered:
                audit.ClientRegistered((string)registered.Response["client_id"]!, valid.Profile.Name);
                return TypedResults.Json(registered.Response, statusCode: StatusCodes.Status201Created);
            case RegistrationOutcome.Refused refused:
                await tokens.GiveBackAsync(token, permission);
                return Refuse("invalid_client_metadata", refused.Description);
            default:
                throw new InvalidOperationException();
        }
    }

    private async Task<RegistrationOutcome> RegisterAsync(
        InitialAccessToken? permission, string? token, RegistrationCheck.Valid valid, bool replace, CancellationToken cancellationToken)
    {
        try
        {
            return await registration.RegisterAsync(permission?.ClientId, valid, replace, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or UnauthorizedAccessException)
        {
            await tokens.GiveBackAsync(token, permission);
            throw;
        }
    }

    // RFC 6750 section 3.1
    private BearerCheck.Refused Unauthorized(string reason)
    {
        LogRefused("invalid_token", reason);
        ProtocolSpan.Refused("invalid_token", reason);
        IdpTelemetry.Refusals.Add(1, new("endpoint", "register"), new("error", "invalid_token"));
        return new BearerCheck.Refused(StatusCodes.Status401Unauthorized, "Bearer error=\"invalid_token\"");
    }

    private OAuthError Refuse(string error, string description)
    {
        LogRefused(error, description);
        ProtocolSpan.Refused(error, description);
        IdpTelemetry.Refusals.Add(1, new("endpoint", "register"), new("error", error));
        return new OAuthError(error, description);
    }

    [LoggerMessage(LogLevel.Information, "A registration was refused, {Error}: {Reason}")]
    private partial void LogRefused(string error, string reason);
}
