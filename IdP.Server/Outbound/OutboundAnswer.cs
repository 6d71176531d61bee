namespace Platform.IdP.Outbound;

/// <summary>What became of a call to an address that a client gave.</summary>
internal abstract record OutboundAnswer
{
    /// <param name="Status">200 to 299.</param>
    /// <param name="MaxAge">How long it may be kept (Cache-Control); zero: not at all; null: it does not say.</param>
    public sealed record Ok(int Status, byte[] Body, TimeSpan? MaxAge) : OutboundAnswer;

    /// <param name="Reason">For the log.</param>
    /// <param name="Status">Of an answer that is no success; null when there was none.</param>
    public sealed record Refused(string Reason, int? Status = null) : OutboundAnswer
    {
        /// <summary>What was said with status 400, where that is short and can be read: some protocols explain themselves.</summary>
        public string? Body { get; init; }
    }
}
