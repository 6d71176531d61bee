namespace Platform.Tokens.LogoutTokens;

/// <summary>The outcome of validating a logout token.</summary>
public abstract record LogoutTokenCheck
{
    private LogoutTokenCheck()
    {
    }

    /// <summary>The token is good.</summary>
    public sealed record Valid(LogoutToken Token) : LogoutTokenCheck;

    /// <summary>The key may be newer than those that could be had: the token is to be sent again.</summary>
    public sealed record Undecided(string Reason) : LogoutTokenCheck;

    /// <summary>Refused; the reason is for the log.</summary>
    public sealed record Refused(string Reason) : LogoutTokenCheck;
}
