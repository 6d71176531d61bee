namespace Platform.IdP.Keys;

/// <summary>What came of a rotation on demand.</summary>
internal abstract record KeyRotationCheck
{
    /// <summary>All keys of the algorithms that were rotated, with their states.</summary>
    public sealed record Done(IReadOnlyList<ScheduledKey> Keys) : KeyRotationCheck;

    public sealed record Refused(string Description) : KeyRotationCheck;

    /// <summary>The folder cannot be read or written; the reason is for the log.</summary>
    public sealed record Unavailable(string Reason) : KeyRotationCheck;
}
