namespace Platform.IdP.Signals;

/// <summary>A security event on its way to Kafka, signed when it was written, so that its content is fixed.</summary>
internal sealed record OutboxEntry(
    string Id, string Key, string Token, DateTimeOffset WrittenAt, string? TraceParent, string? TraceState);
