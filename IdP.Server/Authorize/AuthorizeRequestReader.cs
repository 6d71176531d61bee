namespace Platform.IdP.Authorize;

/// <summary>Turns the parameters of /authorize into a valid request, or into the answer that says what is wrong.</summary>
internal sealed partial class AuthorizeRequestReader(
    ClientRegistry clients, PushedRequestStore pushed, RequestObjectReferences references, RequestObjectValidator requestObjects,
    AuthorizationRequestValidator validator, AuthorizationResponse response, ILogger<AuthorizeRequestReader> logger)
{
    public async Task<AuthorizeReading> ReadAsync(ParametersCheck check, CancellationToken cancellationToken)
    {
        // RFC 6749 section 3.1: no parameter twice. Which of two addresses or states is meant is anyone's guess: a page.
        if (check is not ParametersCheck.Valid { Parameters: var parameters })
            return Page("unknown", "invalid_request", ((ParametersCheck.Refused)check).Description);

        // RFC 6749 section 4.1.2.1: an unknown client is told to the person, never by a redirect.
        if (clients.Find(parameters["client_id"]) is not { } client)
            return Page("unknown", "invalid_request", "The client is unknown.");

        // RFC 9101 section 5: one or the other.
        return (parameters["request"], parameters["request_uri"]) switch
        {
            (not null, not null) => Page(client.Id, "invalid_request", "request and request_uri exclude each other."),
            ({ } requestObject, null) => await ReadObjectAsync(requestObject, client, cancellationToken),
            (null, { } requestUri) when PushedRequestStore.IsPushed(requestUri) => await ReadPushedAsync(requestUri, client),
            (null, { } requestUri) => await ReadReferenceAsync(requestUri, client, cancellationToken),
            _ => Validate(parameters, client, isSigned: false),
        };
    }

    // RFC 9126 section 4: what was pushed is the request; other parameters are not merged into it.
    private async Task<AuthorizeReading> ReadPushedAsync(string requestUri, Client client)
    {
        if (await pushed.FindAsync(requestUri) is not { } request)
            return Page(client.Id, "invalid_request_uri", "The authorization request has expired or was used already. Start again.");
        if (request.ClientId != client.Id)
            return Page(client.Id, "invalid_request_uri", "The authorization request is of another client.");

        ProtocolSpan.Passed("request_uri was pushed by this client and not used", "RFC 9126 section 4");
        return new AuthorizeReading.Accepted(request);
    }

    private async Task<AuthorizeReading> ReadReferenceAsync(
        string requestUri, Client client, CancellationToken cancellationToken)
    {
        // RFC 9126 section 5: before anything is fetched for it.
        if (client.RequiresPushedRequests)
            return Page(client.Id, "invalid_request", "This client must push its authorization requests.");

        return await references.FetchAsync(requestUri, client, cancellationToken) switch
        {
            ReferenceCheck.Fetched fetched => await ReadObjectAsync(fetched.RequestObject, client, cancellationToken),
            ReferenceCheck.Refused refused => Page(client.Id, "invalid_request_uri", refused.Description, refused.Reason),
            _ => throw new InvalidOperationException(),
        };
    }

    // RFC 9101 section 6.3: nothing outside of the object counts. An address in an object that is not to be trusted is not
    // to be trusted either, so that its faults are told to the person.
    private async Task<AuthorizeReading> ReadObjectAsync(
        string requestObject, Client client, CancellationToken cancellationToken) =>
        await requestObjects.CheckAsync(requestObject, client, cancellationToken) switch
        {
            RequestObjectCheck.Valid valid => Validate(valid.Parameters, client, isSigned: true),
            RequestObjectCheck.Refused refused => Page(client.Id, "invalid_request_object", refused.Description, refused.Reason),
            _ => throw new InvalidOperationException(),
        };

    private AuthorizeReading Validate(RequestParameters parameters, Client client, bool isSigned) =>
        validator.Check(parameters, client, new RequestTransport(IsPushed: false, isSigned)) switch
        {
            AuthorizationCheck.Valid valid => new AuthorizeReading.Accepted(valid.Request),
            AuthorizationCheck.Refused { Target: { } target } refused => Redirect(target, refused),
            AuthorizationCheck.Refused refused => Page(client.Id, refused.Error, refused.Description),
            _ => throw new InvalidOperationException(),
        };

    private AuthorizeReading.Answered Page(string clientId, string error, string description, string? reason = null)
    {
        Record(error, reason ?? description, clientId);
        return new AuthorizeReading.Answered(Pages.Fault(error, description));
    }

    private AuthorizeReading.Answered Redirect(ResponseTarget target, AuthorizationCheck.Refused refused)
    {
        Record(refused.Error, refused.Description, target.ClientId);
        return new AuthorizeReading.Answered(response.Error(target, refused.Error, refused.Description));
    }

    private void Record(string error, string reason, string clientId)
    {
        ProtocolSpan.Refused(error, reason);
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
