using System.Diagnostics;
using System.Globalization;
using Platform.Sessions;

namespace Platform.Benchmarks.Pipeline;

/// <summary>
/// How many events are applied in a second: all of them wait in Kafka, 10 for each of 10,000 people with 5 sessions each,
/// every second of which ends a session. Consumers run as they are shipped.
/// </summary>
internal sealed class EventThroughput() : PipelineMeasurement(
    "events", "session-revoked events, signed with RS256 beforehand, from Kafka to ended sessions")
{
    private const int SessionsOfAPerson = 5;
    private const double Goal = 5_000;
    private const double ScaleGoal = 1.6;

    // One consumer as shipped fills two processors. Whether the group scales shows where one leaves room for another.
    private const int FewLanes = 8;

    // What runtimes and groups need to get going is not what is asked for.
    private const double WarmUpShare = 0.1;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private static readonly string Program = Built.Path("Consumer");

    public override async Task<string> RunAsync(Effort effort, CancellationToken cancellationToken)
    {
        await using var topology = await PipelineTopology.StartAsync([], cancellationToken);
        await using var transmitter = await EventTransmitter.StartAsync();
        await transmitter.PublishAsync(topology.Kafka, effort.Events, cancellationToken);

        List<EventRate> rates =
        [
            await BareConsumer.MeasureAsync("only read", topology.Kafka, effort.Events, null, cancellationToken),
            await BareConsumer.MeasureAsync("read and verified", topology.Kafka, effort.Events, transmitter.Issuer, cancellationToken),
        ];
        var shipped = await ApplyAsync("one consumer", 1, null, topology, transmitter, effort.Events, cancellationToken);
        var one = await ApplyAsync($"one with {FewLanes} lanes", 1, FewLanes, topology, transmitter, effort.Events, cancellationToken);
        var two = await ApplyAsync($"two with {FewLanes} lanes each", 2, FewLanes, topology, transmitter, effort.Events, cancellationToken);
        return EventRate.Table([.. rates, shipped, one, two]) +
            $"\n\none consumer: goal {Goal:N0} per second: {Verdict(shipped.PerSecond >= Goal)}\n" + string.Create(
            CultureInfo.InvariantCulture,
            $"two / one: {two.PerSecond / one.PerSecond:0.00} (goal {ScaleGoal:0.0}: {Verdict(two.PerSecond / one.PerSecond >= ScaleGoal)})");
    }

    private static async Task<EventRate> ApplyAsync(
        string name, int count, int? lanes, PipelineTopology topology, EventTransmitter transmitter, int events, CancellationToken cancellationToken)
    {
        await topology.Redis.GetDatabase().ExecuteAsync("FLUSHALL");
        await SignInAsync(topology, transmitter, cancellationToken);
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["ASPNETCORE_CONTENTROOT"] = Path.GetDirectoryName(Program)!,
            ["ConnectionStrings__cache"] = topology.Redis.Configuration,
            ["ConnectionStrings__kafka"] = topology.Kafka,
            ["Oidc__Issuer"] = transmitter.Issuer,
            ["Kafka__GroupId"] = name,
        };
        if (lanes is not null)
        {
            settings["Kafka__Lanes"] = $"{lanes}";
        }

        var consumers = await Task.WhenAll(
            Enumerable.Range(0, count).Select(_ => ServerProcess.StartAsync("dotnet", [Program], settings)));
        try
        {
            var (from, began, cpuFrom) = (await AppliedAsync((int)(events * WarmUpShare)), Stopwatch.GetTimestamp(), await CpuAsync());
            var (until, took, cpu) = (await AppliedAsync(events), Stopwatch.GetElapsedTime(began), await CpuAsync());
            return new(name, until - from, took, cpu.Consumers - cpuFrom.Consumers, cpu.Redis - cpuFrom.Redis);
        }
        finally
        {
            foreach (var consumer in consumers)
            {
                await consumer.DisposeAsync();
            }
        }

        // Each ending has a number, also one that found no session.
        async Task<int> AppliedAsync(int least)
        {
            using var timer = new PeriodicTimer(Interval);
            while (true)
            {
                if ((int)await topology.Redis.GetDatabase().StringGetAsync("sessions:endings") is var applied && applied >= least)
                {
                    return applied;
                }

                await timer.WaitForNextTickAsync(cancellationToken);
            }
        }

        async Task<(TimeSpan Consumers, TimeSpan Redis)> CpuAsync() => (
            consumers.Aggregate(TimeSpan.Zero, (sum, consumer) => sum + consumer.Cpu),
            await topology.CpuOfAsync("cache", cancellationToken));
    }

    private static async Task SignInAsync(PipelineTopology topology, EventTransmitter transmitter, CancellationToken cancellationToken)
    {
        var store = new SessionStore(topology.Redis, TimeProvider.System);
        var now = TimeProvider.System.GetUtcNow();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, EventTransmitter.People * SessionsOfAPerson),
            new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = cancellationToken },
            async (number, cancelled) => await store.CreateAsync(
                new()
                {
                    Issuer = transmitter.Issuer,
                    Subject = EventTransmitter.SubjectOf(number / SessionsOfAPerson),
                    CreatedAt = now,
                    AuthenticatedAt = transmitter.TimeOf(number % SessionsOfAPerson * 2).AddSeconds(-1),
                    ExpiresAt = now.AddHours(1),
                },
                new(),
                cancelled));
    }
}
