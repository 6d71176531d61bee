using System.Runtime.InteropServices;
using Aspire.Hosting.Run;

namespace Aspire.Hosting.Backends;

/// <summary>librdkafka's in-memory broker, in a process of its own (<c>hosting/KafkaBroker</c>).</summary>
internal static class InMemoryKafka
{
    /// <summary>The variable of the resource that names its topics: <c>orders:6,orders.dlt:6</c>.</summary>
    private const string Topics = "KAFKA_CREATE_TOPICS";

    /// <summary>The variable of the resource that names the consumer groups that will come: <c>billing,shipping</c>.</summary>
    private const string Groups = "KAFKA_EXPECTED_GROUPS";

    private const string Greeting = "listening on 127.0.0.1:";
    private static readonly string Program = Path.Combine(
        Path.GetDirectoryName(typeof(InMemoryKafka).Assembly.Location)!, "Platform.KafkaBroker.dll");

    public static BackendProcess Describe(BackendContext context, string why)
    {
        if (!HasLibrary())
        {
            throw new DistributedApplicationException(
                $"'{context.Resource.Name}' needs librdkafka, which is not installed (Debian, Ubuntu: apt-get install librdkafka1; "
                + "macOS: brew install librdkafka), or Apache Kafka: let KAFKA_HOME name one.");
        }

        context.Say("Kafka is librdkafka's in-memory broker: nothing survives its process, it creates no topics by the admin API, "
            + "and a partition holds 5 MB.");
        context.Say(why);
        return new(Executables.Dotnet(), ["exec", Program, .. Option("--topics", Topics), .. Option("--groups", Groups)])
        {
            PortFromOutput = PortOf,
            Probe = KafkaProbe.AskAsync,
            Description = "in-memory Kafka; nothing survives its process",
        };

        string[] Option(string name, string variable) =>
            context.Environment.TryGetValue(variable, out var value) && value.Length > 0 ? [name, value] : [];
    }

    private static int? PortOf(string line) =>
        line.StartsWith(Greeting, StringComparison.Ordinal) && int.TryParse(line.AsSpan(Greeting.Length), out var port) ? port : null;

    private static bool HasLibrary()
    {
        foreach (var name in (string[])["librdkafka.so.1", "librdkafka.1.dylib", "librdkafka"])
        {
            if (NativeLibrary.TryLoad(name, out var library))
            {
                NativeLibrary.Free(library);
                return true;
            }
        }

        return false;
    }
}
