namespace Platform.IdP.Token;

/// <summary>The outcome of a grant.</summary>
internal abstract record TokenCheck
{
    public sealed record Issued(TokenResponse Response) : TokenCheck;

    /// <summary>Refused: error and description for the client, the reason for the log.</summary>
    public sealed record Refused(string Error, string Description, string Reason) : TokenCheck;
}
