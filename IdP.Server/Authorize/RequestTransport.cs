namespace Platform.IdP.Authorize;

/// <summary>How an authorization request came here.</summary>
/// <param name="IsPushed">By /par (RFC 9126).</param>
/// <param name="IsSigned">As a request object that the client signed (RFC 9101).</param>
internal sealed record RequestTransport(bool IsPushed, bool IsSigned)
{
    /// <summary>What the client should have done instead, if anything.</summary>
    public string? Refusal(Client client)
    {
        // RFC 9126 section 5, FAPI 2.0 section 5.3.2.2: a client that is registered for pushed requests uses nothing else.
        if (!IsPushed && client.RequiresPushedRequests)
            return "This client must push its authorization requests.";

        // RFC 9101 section 10.5, FAPI 2.0 Message Signing section 5.3.1
        return !IsSigned && client.RequiresSignedRequests
            ? "This client must sign its authorization requests: send a request object."
            : null;
    }
}
