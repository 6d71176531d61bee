using System.Globalization;

namespace Platform.KafkaBroker;

/// <summary>What the command line asks for.</summary>
internal abstract record Invocation
{
    public const string Usage =
        """
        An in-memory Kafka broker for development, the one that librdkafka carries for its own tests.

          KafkaBroker [--topics NAME:PARTITIONS[,NAME:PARTITIONS…]] [--groups NAME[,NAME…]]

        It listens on a free port of 127.0.0.1, prints `listening on 127.0.0.1:PORT` when it is ready, and ends on
        SIGTERM or Ctrl-C. Produce (idempotent too), consume, consumer groups, commits and transactions work.
        It cannot: keep anything after it has ended, create topics by the admin API (name them in --topics; any other
        topic appears with 4 partitions when it is first used), listen on a given port, use TLS or SASL, keep more than
        5 MB in a partition, or hand partitions over quickly: the first consumer of a group gets them after 3 s, and when
        one comes or goes later, all wait session.timeout.ms less 1 s. Keep that setting short (6 s), but above 3 s. For the
        groups that are named in --groups the first 3 s begin with the broker.
        """;

    public sealed record Help : Invocation;

    public sealed record Serve(IReadOnlyList<Topic> Topics, IReadOnlyList<string> Groups) : Invocation;

    public sealed record Mistake(string Reason) : Invocation;

    public static Invocation Parse(IReadOnlyList<string> arguments)
    {
        var topics = new List<Topic>();
        var groups = new List<string>();
        for (var at = 0; at < arguments.Count; at++)
        {
            switch (arguments[at])
            {
                case "--help" or "-h":
                    return new Help();
                case "--topics" when at + 1 < arguments.Count:
                    foreach (var text in Items(arguments[++at]))
                    {
                        if (Topic.Parse(text) is not { } topic)
                        {
                            return new Mistake($"'{text}' is no topic: write NAME:PARTITIONS, for example orders:6.");
                        }

                        topics.Add(topic);
                    }

                    break;
                case "--groups" when at + 1 < arguments.Count:
                    groups.AddRange(Items(arguments[++at]));
                    break;
                case "--topics":
                    return new Mistake("--topics needs a value, for example --topics orders:6.");
                case "--groups":
                    return new Mistake("--groups needs a value, for example --groups billing.");
                default:
                    return new Mistake($"Unknown argument '{arguments[at]}'.");
            }
        }

        return new Serve(topics, groups);
    }

    private static string[] Items(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A topic and its partitions.</summary>
    public sealed record Topic(string Name, int Partitions)
    {
        public static Topic? Parse(string text)
        {
            var parts = text.Split(':');
            return parts is [{ Length: > 0 } name, var count]
                && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var partitions)
                && partitions is > 0 and <= 1000
                    ? new Topic(name, partitions)
                    : null;
        }
    }
}
