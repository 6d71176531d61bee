namespace Platform.Sessions;

/// <summary>What became of new tokens.</summary>
public enum TokensUpdate
{
    /// <summary>They are the session's tokens now.</summary>
    Stored,

    /// <summary>Somebody else changed the tokens since they were read: read again.</summary>
    Overtaken,

    /// <summary>The session has ended meanwhile; the tokens are of no use.</summary>
    Gone,

    /// <summary>They are to be kept in cookies, and do not fit.</summary>
    TooLarge,
}
