namespace Platform.IdP.Authorize;

/// <summary>
/// What a person has done for one request. Each member names the session (sid) that it was done in, so that it counts for
/// nobody else who comes with the request's id.
/// </summary>
internal sealed record RequestProgress
{
    /// <summary>The session that was signed in for this request.</summary>
    public string? SignedIn { get; init; }

    /// <summary>The session that was chosen for this request.</summary>
    public string? Chosen { get; init; }

    /// <summary>The session in which this request was allowed.</summary>
    public string? Allowed { get; init; }
}
