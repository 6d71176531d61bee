namespace Platform.Tokens.ClientAssertions;

/// <summary>The outcome of checking a client assertion.</summary>
public abstract record ClientAssertionCheck
{
    private ClientAssertionCheck()
    {
    }

    /// <summary>The client holds its key. It is for the receiver to refuse the id a second time.</summary>
    /// <param name="ClientId">The client.</param>
    /// <param name="Id"><c>jti</c>, the client's own: it is one use of the two together that counts.</param>
    /// <param name="ExpiresAt">From when on the assertion is refused; until then its id is remembered.</param>
    public sealed record Valid(string ClientId, string Id, DateTimeOffset ExpiresAt) : ClientAssertionCheck;

    /// <summary>None of the keys has this name; a newer set of the client's may have it.</summary>
    public sealed record UnknownKey(string? KeyId) : ClientAssertionCheck;

    /// <summary>Refused, <c>invalid_client</c> to the caller; the reason is for the log.</summary>
    public sealed record Refused(string Reason) : ClientAssertionCheck;
}
