using Platform.Tokens.AccessTokens;

namespace Platform.IdP.SenderConstraint;

/// <summary>Which key the caller of an endpoint of the authorization server showed to hold.</summary>
internal abstract record SenderCheck
{
    /// <param name="Confirmation">Null when it showed none, and need not.</param>
    public sealed record Valid(Confirmation? Confirmation) : SenderCheck;

    /// <summary>Refused: error and description for the client, the reason for the log.</summary>
    public sealed record Refused(string Error, string Description, string Reason) : SenderCheck;
}
