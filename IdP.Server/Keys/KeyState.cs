using Platform.Tokens.Jose;

namespace Platform.IdP.Keys;

/// <summary>The life of a key, in this order.</summary>
internal enum KeyState
{
    /// <summary>Published, so that all have it before it signs.</summary>
    Announced,

    /// <summary>Signs. There is one for each algorithm.</summary>
    Active,

    /// <summary>Signs no more; published until what it signed has expired.</summary>
    Retired,

    /// <summary>No longer published: the file goes too.</summary>
    Removed,
}

internal sealed record ScheduledKey(StoredKey Stored, KeyState State)
{
    public SigningKey Key => Stored.Key;

    public JwsAlgorithm Algorithm => Stored.Name.Algorithm;
}
