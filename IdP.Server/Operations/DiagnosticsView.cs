namespace Platform.IdP.Operations;

/// <summary>The state of the server. Each member is chosen: nothing of the configuration is here unless it is named.</summary>
/// <param name="Now">Of its clock.</param>
internal sealed record DiagnosticsView(
    string Version, string Issuer, DateTimeOffset Now, string Health, IReadOnlyList<CheckView> Checks, KafkaView Kafka);

internal sealed record CheckView(string Name, string Status, string? Reason);

/// <param name="Fault">Why no broker can be asked; null when one answered.</param>
/// <param name="Topics">Those for security events.</param>
internal sealed record KafkaView(string BootstrapServers, string? Fault, IReadOnlyList<TopicView> Topics);

internal sealed record TopicView(string Name, int Partitions);
