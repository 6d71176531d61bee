namespace Platform.IdP.Signals.Streams;

/// <summary>A SET that the receiver would not have, and what it said (RFC 8935 section 2.3, RFC 8936 section 2.6).</summary>
/// <param name="Err">The receiver's word; an error code of RFC 8935 section 2.4, if it keeps to it.</param>
/// <param name="Event">What was to be sent, so that the administrator can send it again.</param>
internal sealed record DeadLetter(
    string Jti, string Type, string Err, string? Description, DateTimeOffset At, string Event);
