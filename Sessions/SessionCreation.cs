namespace Platform.Sessions;

/// <summary>What became of the wish for a new session.</summary>
public abstract record SessionCreation
{
    private SessionCreation() { }

    /// <summary>The session exists; <paramref name="Handle"/> is the cookie's value and is known to nobody else.</summary>
    public sealed record Created(string Handle) : SessionCreation;

    /// <summary>It is to be kept in cookies, and does not fit. <paramref name="Reason"/> is for the log.</summary>
    public sealed record TooLarge(string Reason) : SessionCreation;

    /// <summary>A revocation overtook the sign-in. <paramref name="Reason"/> is for the log.</summary>
    public sealed record Revoked(string Reason) : SessionCreation;
}
