using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Backends;

/// <summary>Whether the machine has Apache Kafka.</summary>
internal abstract record KafkaInstallation
{
    /// <param name="Libraries">The folder of the jars.</param>
    /// <param name="Java">The program.</param>
    public sealed record Found(string Libraries, string Java) : KafkaInstallation;

    /// <param name="Reason">What is missing and what to do.</param>
    public sealed record Missing(string Reason) : KafkaInstallation;

    public static KafkaInstallation Find(IConfiguration configuration, Func<string, string?> find)
    {
        if (configuration["KAFKA_HOME"] is not { Length: > 0 } home)
        {
            return new Missing("KAFKA_HOME is not set: let it name a folder with Kafka's libs/*.jar");
        }

        var libraries = Path.Combine(home, "libs");
        if (!Directory.Exists(libraries) || !Directory.EnumerateFiles(libraries, "kafka-server-*.jar").Any())
        {
            return new Missing($"KAFKA_HOME is {home}, which has no libs/kafka-server-*.jar: let it name a Kafka 4 release");
        }

        var java = configuration["JAVA_HOME"] is { Length: > 0 } javaHome ? find(Path.Combine(javaHome, "bin", "java")) : null;
        return (java ?? find("java")) is { } program
            ? new Found(libraries, program)
            : new Missing("there is no Java: install 17 or newer (Debian, Ubuntu: apt-get install openjdk-17-jre-headless; macOS: brew install openjdk)");
    }
}
