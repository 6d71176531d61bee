namespace Platform.Benchmarks;

/// <summary>How much is done for a figure.</summary>
/// <param name="WarmUps">Rounds before those that count, in which runtimes compile and caches fill.</param>
/// <param name="Rounds">Rounds that count, of each contestant.</param>
/// <param name="Round">How long a round takes, about.</param>
/// <param name="Sessions">How many people are signed in where sessions are measured.</param>
/// <param name="Revocations">How many revocations are timed, one after the other.</param>
/// <param name="Events">How many events a consumer has to apply.</param>
/// <param name="Starts">How often the topology is started.</param>
/// <param name="Watch">How long something that goes on is looked at.</param>
/// <param name="Drawings">How often a flow is drawn.</param>
internal sealed record Effort(int WarmUps, int Rounds, TimeSpan Round, int Sessions, int Revocations, int Events, int Starts, TimeSpan Watch, int Drawings)
{
    public static Effort Full { get; } = new(
        WarmUps: 12, Rounds: 7, TimeSpan.FromSeconds(2), Sessions: 10_000, Revocations: 200, Events: 100_000,
        Starts: 5, Watch: TimeSpan.FromSeconds(20), Drawings: 100);

    public static Effort Quick { get; } = new(
        WarmUps: 0, Rounds: 1, TimeSpan.FromSeconds(0.3), Sessions: 100, Revocations: 5, Events: 1_000,
        Starts: 1, Watch: TimeSpan.FromSeconds(1), Drawings: 3);
}
