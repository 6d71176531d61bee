using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Platform.IdP.Registration;

/// <summary>The client configuration endpoint (RFC 7592): a client reads, updates or deletes its own registration.</summary>
internal sealed partial class ClientConfigurationEndpoint(
    RegisteredEntries entries, RegistrationValidator validator, RegistrationPolicy policy, ClientRegistration registration,
    AuditLog audit, ILogger<ClientConfigurationEndpoint> logger)
{
    public Task<IResult> ReadAsync(HttpRequest http, string clientId) => Authorized(http, clientId, (entry, token) =>
        Task.FromResult<IResult>(TypedResults.Json(registration.Show(entry, secret: null, token))));

    public Task<IResult> UpdateAsync(HttpRequest http, string clientId, CancellationToken cancellationToken) =>
        Authorized(http, clientId, async (entry, token) =>
        {
            if (await RegistrationRequest.ReadAsync(http, cancellationToken) is not { } request)
                return Refuse("invalid_client_metadata", "The body must be a JSON object with unique members (application/json).");

            // RFC 7592 section 2.2
            if (request.Text("client_id") != clientId)
                return Refuse("invalid_client_metadata", "client_id must be there and be the client's own.");
            if (request.Text("client_secret") is { } secret && !IsSecret(entry, secret))
                return Refuse("invalid_client_metadata", "client_secret must be the current one: a client does not choose it.");

            // The operator took this kind of client out of the policy.
            var profile = (string?)entry["registration_profile"];
            if (policy.Find(profile) is null)
                return new OAuthError("access_denied", "Clients of this profile can no longer be changed.", StatusCodes.Status403Forbidden);

            var check = await validator.CheckAsync(request, profile, cancellationToken);
            if (check is not RegistrationCheck.Valid valid)
                return Refuse(((RegistrationCheck.Refused)check).Error, ((RegistrationCheck.Refused)check).Description);

            switch (await registration.UpdateAsync(entry, valid, token, cancellationToken))
            {
                case RegistrationOutcome.Registered registered:
                    audit.ClientChanged(clientId);
                    return TypedResults.Json(registered.Response);
                case RegistrationOutcome.Refused refused:
                    return Refuse("invalid_client_metadata", refused.Description);
                default:
                    throw new InvalidOperationException();
            }
        });

    public Task<IResult> DeleteAsync(HttpRequest http, string clientId, CancellationToken cancellationToken) =>
        Authorized(http, clientId, async (_, _) =>
        {
            await registration.RemoveAsync(clientId, cancellationToken);
            audit.ClientDeleted(clientId);
            return TypedResults.NoContent();
        });

    // RFC 7592 section 2: a wrong token and a client that is not there look alike.
    private async Task<IResult> Authorized(HttpRequest http, string clientId, Func<JsonObject, string, Task<IResult>> answer)
    {
        var entry = entries.Find(clientId);
        var expected = (string?)entry?["registration_access_token_hash"] ?? "";
        if (BearerToken.Of(http) is { } token &&
            CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Handle.Hash(token)), Encoding.ASCII.GetBytes(expected)))
        {
            return await answer(entry!, token);
        }

        LogUnauthorized(clientId);
        ProtocolSpan.Refused("invalid_token", "there is no valid registration access token");
        IdpTelemetry.Refusals.Add(1, new("endpoint", "register"), new("error", "invalid_token"));
        return new BearerCheck.Refused(StatusCodes.Status401Unauthorized, "Bearer error=\"invalid_token\"");
    }

    private static bool IsSecret(JsonObject entry, string secret) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(Handle.Hash(secret)), Encoding.ASCII.GetBytes((string?)entry["client_secret_hash"] ?? ""));

    private static OAuthError Refuse(string error, string description)
    {
        ProtocolSpan.Refused(error, description);
        IdpTelemetry.Refusals.Add(1, new("endpoint", "register"), new("error", error));
        return new OAuthError(error, description);
    }

    [LoggerMessage(LogLevel.Information, "A request for the registration of {ClientId} had no valid registration access token.")]
    private partial void LogUnauthorized(string clientId);
}
