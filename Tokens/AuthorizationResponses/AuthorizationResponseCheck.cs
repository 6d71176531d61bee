using System.Text.Json;

namespace Platform.Tokens.AuthorizationResponses;

/// <summary>The outcome of validating a signed authorization response.</summary>
public abstract record AuthorizationResponseCheck
{
    private AuthorizationResponseCheck()
    {
    }

    /// <summary>The response is good; its parameters are the claims.</summary>
    public sealed record Valid(JsonElement Parameters) : AuthorizationResponseCheck;

    /// <summary>Refused; the reason is for the log.</summary>
    public sealed record Refused(string Reason) : AuthorizationResponseCheck;
}
