namespace Platform.IdP.Signals.Streams;

/// <summary>What happened on a stream of late, for its sender and its administrator.</summary>
internal sealed record StreamRecord
{
    public DateTimeOffset? LastSuccess { get; init; }

    public DateTimeOffset? LastFailure { get; init; }

    public string? LastError { get; init; }

    /// <summary>How many attempts have failed since the last that succeeded.</summary>
    public int Failures { get; init; }

    /// <summary>The SET that was refused for what may pass, and how often.</summary>
    public (string? Jti, int Count) Refusals { get; init; }

    /// <summary>No attempt before this time.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>When the receiver last called.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>SETs that the receiver has taken.</summary>
    public long Delivered { get; init; }

    /// <summary>SETs that went over a bound of the queue.</summary>
    public long Dropped { get; init; }

    /// <summary>How often this SET was refused.</summary>
    public int RefusalsOf(string jti) => Refusals.Jti == jti ? Refusals.Count : 0;
}
