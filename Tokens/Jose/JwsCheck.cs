using System.Text.Json;

namespace Platform.Tokens.Jose;

/// <summary>The outcome of verifying a JWS.</summary>
public abstract record JwsCheck
{
    private JwsCheck()
    {
    }

    /// <summary>The signature holds, the header meets the rules, and the payload is a JSON object.</summary>
    public sealed record Valid(JwsHeader Header, JsonElement Payload) : JwsCheck;

    /// <summary>No key of this name is in the set; a newer set may have it.</summary>
    public sealed record UnknownKey(string? KeyId) : JwsCheck
    {
        /// <summary>Whether no newer set could be had just now: the token may be good, and is to be tried again.</summary>
        public bool MayBeNew { get; init; }
    }

    /// <summary>Refused; the reason is for the log.</summary>
    public sealed record Refused(string Reason) : JwsCheck
    {
        /// <summary>Whether it was the key or the signature that failed, and not the form.</summary>
        public bool ConcernsKey { get; init; }
    }
}
