namespace Platform.Benchmarks.Portal;

/// <summary>
/// Bff.Api as it is shipped, in a process of its own with a Redis of its own, in front of the benchmark's provider and API.
/// It does all that it does by default, or no more than the peer can; a load from one address reaches none of its limits.
/// </summary>
internal static class BffContestant
{
    private static readonly string Program = Built.Path("Bff");

    // A client secret, an authorization request in the address, PKCE, a plain response, and tokens for bearers.
    private static readonly Dictionary<string, string> Plainly = new()
    {
        ["Oidc__TokenAuthMethod"] = "client_secret_basic",
        ["Oidc__ClientSecret"] = Setting.Secret,
        ["Oidc__PushedAuthorization"] = "false",
        ["Oidc__SignedResponse"] = "false",
        ["Oidc__DPoP"] = "false",
    };

    /// <summary>With private_key_jwt, pushed requests, signed responses and DPoP.</summary>
    public static Entrant Full { get; } = new("bff", setting => StartAsync(setting, []));

    /// <summary>With what every relying party has.</summary>
    public static Entrant Plain { get; } = new("bff", setting => StartAsync(setting, Plainly));

    private static async Task<Contestant> StartAsync(Setting setting, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var surroundings = await setting.Surroundings;
        var redis = await RedisProcess.StartAsync();
        var allocations = new AllocationReader();
        var server = await ServerProcess.StartAsync(
            "dotnet", [Program],
            new Dictionary<string, string>([.. allocations.Environment, .. settings])
            {
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["ASPNETCORE_CONTENTROOT"] = Path.GetDirectoryName(Program)!,
                ["ConnectionStrings__cache"] = $"localhost:{redis.Port}",
                ["Oidc__Issuer"] = SurroundingsServer.AddressOf(surroundings),
                ["Bff__PublicUrl"] = PortalRequest.Origin.AbsoluteUri,
                ["Bff__Limits__SignInsPerAddress"] = $"{int.MaxValue}",
                ["Bff__Limits__CallsPerSession"] = $"{int.MaxValue}",
                ["DataProtection__Secret"] = $"{Guid.NewGuid()}",
                ["services__contacts-api__http__0"] = SurroundingsServer.AddressOf(surroundings),
                ["services__spa__http__0"] = SurroundingsServer.AddressOf(surroundings),
            },
            allocations);
        return new Contestant(Full.Name, server, redis)
        {
            Portal = new PortalAddresses(Session: "/auth/session", Api: "/api/contacts", SignIn: "/auth/login"),
        };
    }
}
