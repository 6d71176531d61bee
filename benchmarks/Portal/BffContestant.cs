using System.Reflection;

namespace Platform.Benchmarks.Portal;

/// <summary>
/// Bff.Api as it is shipped, in a process of its own with a Redis of its own, in front of the benchmark's provider and API.
/// </summary>
internal static class BffContestant
{
    private static readonly string Program = typeof(BffContestant).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Bff").Value!;

    public static Entrant Entrant { get; } = new("bff", StartAsync);

    private static async Task<Contestant> StartAsync(Setting setting)
    {
        var surroundings = await setting.Surroundings;
        var redis = await RedisProcess.StartAsync();
        var allocations = new AllocationReader();
        var server = await ServerProcess.StartAsync(
            "dotnet", [Program],
            new Dictionary<string, string>(allocations.Environment)
            {
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["ASPNETCORE_CONTENTROOT"] = Path.GetDirectoryName(Program)!,
                ["ConnectionStrings__cache"] = $"localhost:{redis.Port}",
                ["Oidc__Issuer"] = SurroundingsServer.AddressOf(surroundings),
                ["Oidc__ClientSecret"] = Setting.Secret,
                ["Bff__PublicUrl"] = PortalRequest.Origin.AbsoluteUri,
                ["DataProtection__Secret"] = $"{Guid.NewGuid()}",
                ["services__contacts-api__http__0"] = SurroundingsServer.AddressOf(surroundings),
                ["services__spa__http__0"] = SurroundingsServer.AddressOf(surroundings),
            },
            allocations);
        return new Contestant(Entrant.Name, server, redis)
        {
            Portal = new PortalAddresses(Session: "/auth/session", Api: "/api/contacts", SignIn: "/auth/login"),
        };
    }
}
