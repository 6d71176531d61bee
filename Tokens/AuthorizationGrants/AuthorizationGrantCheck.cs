using System.Text.Json;

namespace Platform.Tokens.AuthorizationGrants;

/// <summary>The outcome of checking an assertion that is used as a grant.</summary>
public abstract record AuthorizationGrantCheck
{
    private AuthorizationGrantCheck()
    {
    }

    /// <summary>The trusted issuer speaks for this subject.</summary>
    /// <param name="Subject"><c>sub</c>, as the trusted issuer names it.</param>
    /// <param name="Id"><c>jti</c>, if there is one: it is for the receiver to refuse it a second time.</param>
    /// <param name="ExpiresAt">From when on the assertion is refused.</param>
    /// <param name="Claims">All claims, for those that are not named here.</param>
    public sealed record Valid(string Subject, string? Id, DateTimeOffset ExpiresAt, JsonElement Claims)
        : AuthorizationGrantCheck;

    /// <summary>None of the keys has this name; a newer set of the issuer's may have it.</summary>
    public sealed record UnknownKey(string? KeyId) : AuthorizationGrantCheck;

    /// <summary>Refused, <c>invalid_grant</c> to the caller; the reason is for the log.</summary>
    public sealed record Refused(string Reason) : AuthorizationGrantCheck;
}
