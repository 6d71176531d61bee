namespace Platform.IdP.Signals.Streams;

/// <summary>What became of one attempt to push a SET.</summary>
internal abstract record PushOutcome
{
    public sealed record Accepted : PushOutcome;

    /// <summary>The receiver says what is wrong with the SET.</summary>
    /// <param name="IsFinal">Whether another attempt would be of no use.</param>
    public sealed record Refused(string Err, string? Description, bool IsFinal) : PushOutcome;

    /// <summary>The receiver is away, or does not let this transmitter in.</summary>
    /// <param name="Reason">For the log and the receiver's administrator; it may have the receiver's words.</param>
    /// <param name="Err">What RFC 8935 section 2.4 calls it, where the receiver said so.</param>
    public sealed record Failed(string Reason, string? Err = null) : PushOutcome;
}
