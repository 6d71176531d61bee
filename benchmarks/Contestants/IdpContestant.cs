using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Platform.Benchmarks.Contestants;

/// <summary>
/// IdP.Server as it is shipped, in a process of its own with a Redis of its own. Only its configuration is the
/// benchmark's: as behind a proxy that terminates TLS, with limits that a load from one address does not reach.
/// </summary>
internal static class IdpContestant
{
    public static Entrant Entrant { get; } = new("idp", StartAsync);

    // Hashing passwords is left out on purpose: the hash says itself how many iterations it has, and these have one.
    private static readonly PasswordHasher<object> Hasher =
        new(Options.Create(new PasswordHasherOptions { IterationCount = 1 }));

    private static async Task<Contestant> StartAsync(Setting setting)
    {
        var folder = Path.Combine(setting.Folder, Entrant.Name);
        await WriteConfigurationAsync(folder, setting);
        var redis = await RedisProcess.StartAsync();
        var allocations = new AllocationReader();
        var server = await ServerProcess.StartAsync(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Platform.IdP.dll")],
            new Dictionary<string, string>(allocations.Environment)
            {
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["Idp__TrustedProxies__0"] = "127.0.0.0/8",
                ["ConnectionStrings__cache"] = $"localhost:{redis.Port}",
                ["ConnectionStrings__kafka"] = "localhost:1",
                ["Idp__Issuer"] = Setting.Issuer,
                ["Idp__ConfigFolder"] = folder,
                ["Idp__Credentials__Folder"] = Path.Combine(folder, "credentials"),
                ["Idp__Limits__PerAddress"] = $"{int.MaxValue}",
                ["Idp__Limits__PerClient"] = $"{int.MaxValue}",
                ["Idp__Attempts__PerAccount"] = $"{int.MaxValue}",
                ["Idp__Attempts__PerAddress"] = $"{int.MaxValue}",
                ["Keys__Folder"] = Path.Combine(folder, "keys"),
                ["Keys__Secret"] = $"{Guid.NewGuid()}",
                ["DataProtection__Secret"] = $"{Guid.NewGuid()}",
            },
            allocations);
        return new Contestant(Entrant.Name, server, redis);
    }

    private static async Task WriteConfigurationAsync(string folder, Setting setting)
    {
        Directory.CreateDirectory(folder);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "config", "dcr_config.yaml"), Path.Combine(folder, "dcr_config.yaml"));
        await File.WriteAllTextAsync(Path.Combine(folder, "clients.yaml"), Clients(setting));
        await File.WriteAllTextAsync(Path.Combine(folder, "resources.yaml"), $"""
            resources:
              - audience: {Setting.Audience}
                scopes: [{Setting.Scope}]

            """);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "users.yaml"), "users:\n" + string.Concat(Enumerable.Range(0, Setting.People).Select(Person)));
    }

    private static string Clients(Setting setting) => $"""
        clients:
          - client_id: {Setting.SecretClient}
            client_name: With a secret
            token_endpoint_auth_method: client_secret_basic
            client_secret: {Setting.Secret}
            grant_types: [client_credentials]
            scope: {Setting.Scope}

          - client_id: {Setting.KeyClient}
            client_name: With a key
            profile: baseline
            token_endpoint_auth_method: private_key_jwt
            jwks: {setting.ClientKeys}
            grant_types: [client_credentials]
            scope: {Setting.Scope}

          - client_id: {Setting.PortalClient}
            client_name: Portal
            token_endpoint_auth_method: client_secret_basic
            client_secret: {Setting.Secret}
            grant_types: [authorization_code]
            redirect_uris: [{Setting.RedirectUri}]
            scope: openid {Setting.Scope}
            require_pushed_authorization_requests: true
            skip_consent: true

        """;

    private static string Person(int number) => $"""
          - sub: subject-{number}
            username: {Setting.UserName(number)}
            name: Person {number}
            given_name: Person
            family_name: Number {number}
            email: {Setting.UserName(number)}@bench.test
            email_verified: true
            password_hash: {Hasher.HashPassword(new object(), Browser.Password)}

        """;
}
