namespace Platform.Benchmarks.Contestants;

/// <summary>A Kestrel that does what no server can leave out, and nothing else: the ceiling.</summary>
internal static class BareContestant
{
    public static Entrant Entrant { get; } = new("bare", StartAsync);

    private static async Task<Contestant> StartAsync(Setting setting)
    {
        var allocations = new AllocationReader();
        return new Contestant(Entrant.Name, await ServerProcess.StartAsync(
            "dotnet", [typeof(BareContestant).Assembly.Location, BareServer.Command],
            new Dictionary<string, string>(allocations.Environment)
            {
                [BareServer.ClientKeys] = setting.ClientKeys,
                [BareServer.ProofKeys] = setting.ProofKeys,
            },
            allocations));
    }
}
