namespace Platform.IdP.Signals;

/// <summary>Which sessions end, on whose behalf, and what ends with them.</summary>
/// <param name="Subject">Null when the session's owner is not known here any more.</param>
/// <param name="SessionId">Null: all of the person's.</param>
internal sealed record SessionEnd(string? Subject, string? SessionId, EventCause Cause)
{
    public EndedGrants Grants { get; init; } = EndedGrants.Dependent;

    /// <summary>A grant that ends as well; if another ended it before, nothing happens at all.</summary>
    public string? GrantId { get; init; }

    /// <summary>The session-revoked event, if whoever revokes has worded it.</summary>
    public SecurityEvent? Event { get; init; }

    /// <summary>Events that tell what else the cause did.</summary>
    public IReadOnlyList<SecurityEvent> Beside { get; init; } = [];

    /// <summary>Of those events, so that session-revoked has the same.</summary>
    public string? TransactionId { get; init; }

    /// <summary>By whom, for the audit log, where the cause does not say it well enough.</summary>
    public string? By { get; init; }

    /// <summary>The change of users.yaml behind it; if another process found it before, nothing happens at all.</summary>
    public KnownUserChange? Change { get; init; }
}

/// <summary>
/// What ends of that which clients hold. Back-Channel Logout 1.0 section 2.7: a logout spares what was given with offline_access;
/// a revocation does not, because whoever revokes trusts nothing that the session yielded.
/// </summary>
internal enum EndedGrants
{
    /// <summary>Those without offline_access, which are worth nothing without their session.</summary>
    Dependent,

    /// <summary>All that the sessions yielded.</summary>
    OfSessions,

    /// <summary>All that the person has, without a session too.</summary>
    OfUser,
}
