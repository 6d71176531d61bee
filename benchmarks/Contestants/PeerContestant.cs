using System.Reflection;

namespace Platform.Benchmarks.Contestants;

/// <summary>oidc-provider on Node.js, with its state in its own memory.</summary>
internal static class PeerContestant
{
    public const string Name = "oidc-provider";

    private static readonly string Folder = Path.Combine(
        typeof(PeerContestant).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "Peers").Value!,
        Name);

    /// <summary>Whether npm has brought its packages.</summary>
    public static bool IsInstalled => Directory.Exists(Path.Combine(Folder, "node_modules", Name));

    public static async Task<Contestant> StartAsync(Setting setting) => new(Name, await ServerProcess.StartAsync(
        "node", [Path.Combine(Folder, "server.js")],
        new Dictionary<string, string>
        {
            ["NODE_ENV"] = "production",
            ["ISSUER"] = Setting.Issuer,
            ["AUDIENCE"] = Setting.Audience,
            ["SCOPE"] = Setting.Scope,
            ["REDIRECT_URI"] = Setting.RedirectUri,
            ["SECRET"] = Setting.Secret,
            ["CLIENT_KEYS"] = setting.ClientKeys,
        }));
}
