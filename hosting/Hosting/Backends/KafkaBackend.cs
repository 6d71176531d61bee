using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Run;

namespace Aspire.Hosting.Backends;

/// <summary>
/// Kafka: Apache's own where <c>KAFKA_HOME</c> names one and Java is there, else librdkafka's in-memory broker.
/// <c>Hosting:Kafka</c> insists on one.
/// </summary>
/// <param name="find">Finds a program on the PATH, or under its path.</param>
internal sealed class KafkaBackend(Func<string, string?> find) : IResourceBackend
{
    private const string Setting = "Hosting:Kafka";

    public bool Handles(IResource resource) => resource is KafkaServerResource;

    public async Task<BackendProcess> PrepareAsync(BackendContext context, CancellationToken cancellationToken)
    {
        switch (context.Configuration[Setting] ?? "auto", KafkaInstallation.Find(context.Configuration, find))
        {
            case ("auto" or "apache", KafkaInstallation.Found installation):
                return await ApacheKafka.DescribeAsync(context, installation, cancellationToken);

            case ("apache", KafkaInstallation.Missing(var reason)):
                throw new DistributedApplicationException(
                    $"'{context.Resource.Name}' needs Apache Kafka, but {reason}, or leave {Setting} out to run the in-memory broker instead.");

            case ("auto", KafkaInstallation.Missing(var reason)):
                return InMemoryKafka.Describe(context, $"It is not Apache Kafka, because {reason}.");

            case ("memory", _):
                return InMemoryKafka.Describe(context, $"{Setting} asks for it.");

            case (var other, _):
                throw new DistributedApplicationException($"{Setting} is '{other}': set it to auto, apache or memory.");
        }
    }
}
