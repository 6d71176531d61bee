namespace Platform.IdP.PushedRequests;

/// <summary>What a client pushes: parameters, or a request object that holds them all (RFC 9126 section 3).</summary>
internal sealed class PushedRequestReader(RequestObjectValidator requestObjects, AuthorizationRequestValidator validator)
{
    public async Task<AuthorizationCheck> ReadAsync(
        RequestParameters parameters, Client client, CancellationToken cancellationToken)
    {
        // RFC 9126 section 2.1, step 2
        if (parameters["request_uri"] is not null)
            return new AuthorizationCheck.Refused("invalid_request", "A pushed request must not contain request_uri.", null);

        if (parameters["request"] is not { } requestObject)
            return validator.Check(parameters, client, new RequestTransport(IsPushed: true, IsSigned: false));

        return await requestObjects.CheckAsync(requestObject, client, cancellationToken) switch
        {
            RequestObjectCheck.Valid valid =>
                validator.Check(valid.Parameters, client, new RequestTransport(IsPushed: true, IsSigned: true)),
            RequestObjectCheck.Refused refused =>
                new AuthorizationCheck.Refused("invalid_request_object", refused.Description, null, refused.Reason),
            _ => throw new InvalidOperationException(),
        };
    }
}
