namespace Platform.Benchmarks.Portal;

/// <summary>Kestrel and YARP with nothing before them: the ceilings of session information and of forwarding.</summary>
internal static class BarePortalContestant
{
    public static Entrant Entrant { get; } = new("bare", StartAsync);

    private static async Task<Contestant> StartAsync(Setting setting)
    {
        var allocations = new AllocationReader();
        var server = await ServerProcess.StartAsync(
            "dotnet", [typeof(BarePortalContestant).Assembly.Location, BarePortalServer.Command],
            new Dictionary<string, string>(allocations.Environment)
            {
                [BarePortalServer.Upstream] = SurroundingsServer.AddressOf(await setting.Surroundings),
            },
            allocations);
        return new Contestant(Entrant.Name, server)
        {
            Portal = new PortalAddresses(Session: "/auth/session", Api: SurroundingsServer.Api, SignIn: null),
        };
    }
}
