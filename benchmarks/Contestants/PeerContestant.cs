namespace Platform.Benchmarks.Contestants;

/// <summary>oidc-provider on Node.js, with its state in its own memory.</summary>
internal static class PeerContestant
{
    private const string Name = "oidc-provider";

    private static readonly string Folder = Path.Combine(Built.Path("Peers"), Name);

    public static Entrant Entrant { get; } = new(
        Name, StartAsync,
        Directory.Exists(Path.Combine(Folder, "node_modules", Name)) ? null : "`./platform bench` brings it");

    private static async Task<Contestant> StartAsync(Setting setting) => new(Name, await ServerProcess.StartAsync(
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
