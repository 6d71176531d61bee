using Platform.Sessions;

namespace Platform.Bff.AccessTokens;

/// <summary>What a call to an API carries, or why it cannot be made.</summary>
internal abstract record TokenAnswer
{
    /// <param name="Token">What the call carries.</param>
    /// <param name="Session">Whose it is, as it is now: where its cookie holds it, the answer takes the new one along.</param>
    public sealed record Valid(SessionAccessToken Token, LiveSession? Session = null) : TokenAnswer;

    /// <summary>No access token, but these headers (or none).</summary>
    public sealed record Headers(CallHeaders Values) : TokenAnswer;

    /// <summary>There will be none any more: the session is over.</summary>
    public sealed record Over(string Reason) : TokenAnswer;

    /// <summary>There is none for what the route asks: the provider refused this audience or scope, and only that.</summary>
    public sealed record Refused(string Reason) : TokenAnswer;

    /// <summary>The provider does not answer, or not as it should.</summary>
    public sealed record Unavailable(string Reason) : TokenAnswer;
}

/// <summary>Headers that a call carries in the place of an access token. No record: a key must not be printed.</summary>
internal sealed class CallHeaders(params (string Name, string Value)[] values)
{
    public static readonly CallHeaders None = new();

    public IReadOnlyList<(string Name, string Value)> Values => values;
}
