namespace Platform.IdP.Clients;

/// <summary>Who the client of a request is.</summary>
internal abstract record ClientCheck
{
    public sealed record Valid(Client Client) : ClientCheck;

    /// <param name="Description">For the client; the same for all that would tell who is registered.</param>
    /// <param name="Reason">For the log.</param>
    public sealed record Refused(string Error, string Description, string Reason) : ClientCheck
    {
        // RFC 6749 section 5.2
        public OAuthError ToResult() => new(
            Error, Description, Error == "invalid_client" ? StatusCodes.Status401Unauthorized : StatusCodes.Status400BadRequest);
    }
}
