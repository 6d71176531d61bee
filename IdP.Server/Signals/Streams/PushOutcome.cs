namespace Platform.IdP.Signals.Streams;

/// <summary>What became of one attempt to push a SET.</summary>
internal abstract record PushOutcome
{
    public sealed record Accepted : PushOutcome;

    /// <summary>The receiver says what is wrong with the SET.</summary>
    /// <param name="IsFinal">Whether another attempt would be of no use.</param>
    public sealed record Refused(string Err, string? Description, bool IsFinal) : PushOutcome;

    /// <summary>The receiver is away, or does not let this transmitter in.</summary>
    public sealed record Failed(string Reason) : PushOutcome;
}
