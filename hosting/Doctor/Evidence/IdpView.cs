namespace Platform.Doctor.Evidence;

/// <summary>What the IdP says of itself at <c>/admin/diagnostics</c> (docs/idp.md), as far as it is looked at.</summary>
internal sealed record IdpView(string Issuer, DateTimeOffset Now, string Health, IReadOnlyList<DependencyView> Checks, KafkaView Kafka);

internal sealed record KafkaView(string BootstrapServers, string? Fault, IReadOnlyList<TopicView> Topics);

internal sealed record TopicView(string Name, int Partitions);
