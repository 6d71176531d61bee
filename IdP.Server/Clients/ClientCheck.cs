namespace Platform.IdP.Clients;

/// <summary>Who the client of a request is, and what it asks.</summary>
internal abstract record ClientCheck
{
    public sealed record Valid(Client Client, RequestParameters Parameters) : ClientCheck;

    /// <param name="Description">For the client; the same for all that would tell who is registered.</param>
    /// <param name="Reason">For the log.</param>
    public sealed record Refused(string Error, string Description, string Reason) : ClientCheck
    {
        /// <summary>Where the client is known, but asks too much.</summary>
        public TimeSpan? RetryAfter { get; init; }
    }
}
