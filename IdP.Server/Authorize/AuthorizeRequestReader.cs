namespace Platform.IdP.Authorize;

/// <summary>Turns the parameters of /authorize into a valid request, or into the answer that says what is wrong.</summary>
internal sealed partial class AuthorizeRequestReader(
    ClientRegistry clients, PushedRequestStore pushed, AuthorizationRequestValidator validator,
    AuthorizationResponse response, ILogger<AuthorizeRequestReader> logger)
{
    public async Task<AuthorizeReading> ReadAsync(ParametersCheck check)
    {
        // RFC 6749 section 3.1: no parameter twice. Which of two addresses or states is meant is anyone's guess: a page.
        if (check is not ParametersCheck.Valid { Parameters: var parameters })
            return Page("invalid_request", ((ParametersCheck.Refused)check).Description);

        // RFC 6749 section 4.1.2.1: an unknown client is told to the person, never by a redirect.
        if (clients.Find(parameters["client_id"]) is not { } client)
            return Page("invalid_request", "The client is unknown.");

        if (parameters["request_uri"] is { } requestUri)
            return await ReadPushedAsync(requestUri, client);

        return validator.Check(parameters, client, new RequestTransport(IsPushed: false, IsSigned: false)) switch
        {
            AuthorizationCheck.Valid valid => new AuthorizeReading.Accepted(valid.Request),
            AuthorizationCheck.Refused { Target: { } target } refused => Redirect(target, refused),
            AuthorizationCheck.Refused refused => Page(refused.Error, refused.Description),
            _ => throw new InvalidOperationException(),
        };
    }

    // RFC 9126 section 4: what was pushed is the request; other parameters are not merged into it.
    private async Task<AuthorizeReading> ReadPushedAsync(string requestUri, Client client) =>
        await pushed.FindAsync(requestUri) is not { } request
            ? Page("invalid_request_uri", "The authorization request has expired or was used already. Start again.")
            : request.ClientId != client.Id
                ? Page("invalid_request_uri", "The authorization request is of another client.")
                : new AuthorizeReading.Accepted(request);

    private AuthorizeReading.Answered Page(string error, string description)
    {
        Record(error, description, "unknown");
        return new AuthorizeReading.Answered(Pages.Error(error, description));
    }

    private AuthorizeReading.Answered Redirect(ResponseTarget target, AuthorizationCheck.Refused refused)
    {
        Record(refused.Error, refused.Description, target.ClientId);
        return new AuthorizeReading.Answered(response.Error(target, refused.Error, refused.Description));
    }

    private void Record(string error, string reason, string clientId)
    {
        LogRefused(clientId, error, reason);
        IdpTelemetry.Refusals.Add(1, new("endpoint", "authorize"), new("error", error));
    }

    [LoggerMessage(LogLevel.Information, "An authorization request of {ClientId} was refused, {Error}: {Reason}")]
    private partial void LogRefused(string clientId, string error, string reason);
}

internal abstract record AuthorizeReading
{
    public sealed record Accepted(AuthorizationRequest Request) : AuthorizeReading;

    public sealed record Answered(IResult Result) : AuthorizeReading;
}
