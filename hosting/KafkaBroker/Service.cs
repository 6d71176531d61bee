using System.Runtime.InteropServices;

namespace Platform.KafkaBroker;

/// <summary>Runs the broker until a signal ends it.</summary>
internal static class Service
{
    public static async Task<int> RunAsync(IReadOnlyList<Invocation.Topic> topics, IReadOnlyList<string> groups)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        try
        {
            using var cluster = MockCluster.Start(topics);
            foreach (var group in groups)
            {
                if (!await ExpectedGroup.BeginAsync(cluster.Address, group))
                {
                    await Console.Error.WriteLineAsync($"The group '{group}' begins with its first member: 3 s later than it might.");
                }
            }

            Console.WriteLine($"listening on {cluster.Address}");
            await ended.Task;
            return 0;
        }
        catch (DllNotFoundException)
        {
            await Console.Error.WriteLineAsync(
                "librdkafka is not installed. Debian, Ubuntu: apt-get install librdkafka1; macOS: brew install librdkafka.");
        }
        catch (EntryPointNotFoundException)
        {
            await Console.Error.WriteLineAsync(
                "This librdkafka has no in-memory broker: install version 1.3 or later, built with it (Debian's librdkafka1 is).");
        }
        catch (InvalidOperationException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
        }

        return 1;

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ended.TrySetResult();
        }
    }
}
