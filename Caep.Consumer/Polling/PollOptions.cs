using Platform.Caep.Transmitters;

namespace Platform.Caep.Polling;

/// <summary>How a transmitter's events are fetched (RFC 8936), section <c>Transmitters:{name}:Poll</c>, of the issuer <c>Oidc:Poll</c>.</summary>
internal sealed class PollOptions
{
    /// <summary>The poll endpoint of a stream that exists; without it, one is looked for or created.</summary>
    public string? Endpoint { get; set; }

    /// <summary>A token that does not change; or else the three that follow.</summary>
    public string? Token { get; set; }

    /// <summary>Where a token comes from (RFC 6749 section 4.4).</summary>
    public string? TokenEndpoint { get; set; }

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>What the token is for.</summary>
    public string Scope { get; set; } = "ssf.read ssf.manage";

    /// <summary>
    /// How the stream is to name people, at a transmitter that lets its receivers choose: <c>complex</c> names the session too,
    /// where one is meant.
    /// </summary>
    public string? Format { get; set; }

    /// <summary>Takes the stream down instead of polling it.</summary>
    public bool Remove { get; set; }

    /// <summary>How many events come at once.</summary>
    public int MaxEvents { get; set; } = 100;

    /// <summary>How long the transmitter may let a poll wait for an event, at the most.</summary>
    public TimeSpan LongestPoll { get; set; } = TimeSpan.FromSeconds(90);

    public IEnumerable<string> Faults(string setting)
    {
        if (Endpoint is not null && !SecureAddress.Is(Endpoint))
            yield return $"{setting}:Endpoint must be an https address, or http on this machine: correct it, or leave it out.";
        if (string.IsNullOrEmpty(Token) && (TokenEndpoint is null || ClientId is null || ClientSecret is null))
            yield return $"{setting} has no way to authenticate: set {setting}:Token, or TokenEndpoint, ClientId and ClientSecret.";
        if (TokenEndpoint is not null && !SecureAddress.Is(TokenEndpoint))
            yield return $"{setting}:TokenEndpoint must be an https address, or http on this machine: correct it.";
        if (Format is not (null or "iss_sub" or "email" or "complex"))
            yield return $"{setting}:Format is '{Format}': use iss_sub, email or complex, or leave it out.";
        if (MaxEvents is < 1 or > 1000)
            yield return $"{setting}:MaxEvents must lie between 1 and 1000.";
        if (LongestPoll < TimeSpan.FromSeconds(1) || LongestPoll > TimeSpan.FromMinutes(10))
            yield return $"{setting}:LongestPoll must lie between 00:00:01 and 00:10:00.";
    }
}
