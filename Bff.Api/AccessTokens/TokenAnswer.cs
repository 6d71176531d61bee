using Platform.Sessions;

namespace Platform.Bff.AccessTokens;

/// <summary>Whether there is an access token to call an API with.</summary>
internal abstract record TokenAnswer
{
    /// <param name="Session">As it is now: where its cookie holds it, the answer takes the new one along.</param>
    public sealed record Valid(SessionAccessToken Token, LiveSession Session) : TokenAnswer;

    /// <summary>There will be none any more: the session is over.</summary>
    public sealed record Over(string Reason) : TokenAnswer;

    /// <summary>There is none for what the route asks: the provider refused this audience or scope, and only that.</summary>
    public sealed record Refused(string Reason) : TokenAnswer;

    /// <summary>The provider does not answer, or not as it should.</summary>
    public sealed record Unavailable(string Reason) : TokenAnswer;
}
