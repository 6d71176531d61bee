namespace Platform.Tokens.SecurityEvents;

/// <summary>The outcome of validating a Security Event Token.</summary>
public abstract record SecurityEventCheck
{
    private SecurityEventCheck()
    {
    }

    /// <summary>The token is good.</summary>
    public sealed record Valid(SecurityEventToken Token) : SecurityEventCheck;

    /// <summary>
    /// The key may be newer than those that could be had: to be tried again later, with the same time of receipt.
    /// </summary>
    public sealed record Undecided(string Reason) : SecurityEventCheck;

    /// <summary>Refused: the RFC 8935 error code for the transmitter, the reason for the log.</summary>
    public sealed record Refused(string Error, string Reason) : SecurityEventCheck;
}
