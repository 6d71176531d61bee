using Confluent.Kafka;

namespace Platform.Caep.Intake.Replay;

/// <summary><c>replay-dead-letters</c>: gives dead letters another chance, once their cause is mended.</summary>
internal static class ReplayCommand
{
    public const string Name = "replay-dead-letters";

    private const string Help = """
        replay-dead-letters [--dry-run] [--partition P [--offset O]] [--limit N]

        Puts dead letters back into the topic of the events, with their original key, bytes and headers. They go through all
        checks again: what is still wrong comes back as a new dead letter. It goes on where the last replay stopped and ends
        with what was there when it began.

          --dry-run      says what would be put back, and why it is there; nothing is changed
          --partition P  only this partition of the dead-letter topic
          --offset O     from this offset on, also what was put back before
          --limit N      no more than so many

        Exit code: 0, 1 when Kafka is away, 2 for wrong arguments.
        """;

    public static async Task<int> RunAsync(WebApplication app, string[] arguments, TextWriter output, TextWriter errors)
    {
        if (arguments.Contains("--help"))
        {
            await output.WriteLineAsync(Help);
            return 0;
        }

        if (ReplayArguments.Parse(arguments, out var fault) is not { } parsed)
        {
            await errors.WriteLineAsync($"{fault}\n\n{Help}");
            return 2;
        }

        try
        {
            var count = await ActivatorUtilities.CreateInstance<DeadLetterReplay>(app.Services).RunAsync(parsed, output, CancellationToken.None);
            await output.WriteLineAsync(parsed.DryRun ? $"{count} dead letters would be put back." : $"{count} dead letters were put back.");
            return 0;
        }
        catch (KafkaException away)
        {
            await errors.WriteLineAsync($"The replay broke off, and goes on from there when it is started again: {away.Error.Reason}");
            return 1;
        }
    }
}
