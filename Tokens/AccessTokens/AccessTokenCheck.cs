namespace Platform.Tokens.AccessTokens;

/// <summary>The outcome of validating an access token.</summary>
public abstract record AccessTokenCheck
{
    private AccessTokenCheck()
    {
    }

    /// <summary>The token is good.</summary>
    public sealed record Valid(AccessToken Token) : AccessTokenCheck;

    /// <summary>Refused: the RFC 6750 error for the caller, the reason for the log.</summary>
    public sealed record Refused(string Error, string Reason) : AccessTokenCheck
    {
        /// <summary>Whether no key of the token's <c>kid</c> is in the set; a newer set may have it.</summary>
        public bool IsOfUnknownKey { get; init; }
    }
}
