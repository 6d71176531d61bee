namespace Platform.Tokens.IdTokens;

/// <summary>The outcome of validating an ID token.</summary>
public abstract record IdTokenCheck
{
    private IdTokenCheck()
    {
    }

    /// <summary>The token is good.</summary>
    public sealed record Valid(IdToken Token) : IdTokenCheck;

    /// <summary>Refused; the reason is for the log.</summary>
    public sealed record Refused(string Reason) : IdTokenCheck;
}
