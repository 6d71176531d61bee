using System.Globalization;

namespace Platform.Benchmarks.Portal;

/// <summary>
/// Apache with mod_auth_openidc, with its sessions in shared memory: the fastest that it has. Apache and its modules stand
/// where <c>peers/mod_auth_openidc/setup</c> has put them.
/// </summary>
internal static class ApacheContestant
{
    // An entry is found by looking at one after the other, so the fastest is to have few: one for each connection.
    private const int Sessions = 32;

    private static readonly string Folder = Path.Combine(Built.Path("Peers"), "mod_auth_openidc");

    private static readonly string Root = Path.Combine(Folder, ".platform", "root");

    private static readonly string Program = Path.Combine(Root, "usr/sbin/apache2");

    public static Entrant Entrant { get; } = new(
        "mod_auth_openidc", StartAsync,
        File.Exists(Program) ? null : "`./platform bench` brings it, or says why it cannot");

    private static async Task<Contestant> StartAsync(Setting setting)
    {
        var surroundings = await setting.Surroundings;
        var port = RedisProcess.FreePort();
        var server = await ServerProcess.StartAsync(
            Program, ["-DFOREGROUND", "-f", Path.Combine(Folder, "apache.conf")],
            new Dictionary<string, string>
            {
                ["LD_LIBRARY_PATH"] = string.Join(':', Directory.GetDirectories(Path.Combine(Root, "usr/lib"), "*-linux-gnu*")),
                ["PEER_MODULES"] = Path.Combine(Root, "usr/lib/apache2/modules"),
                ["PEER_FOLDER"] = setting.Folder,
                ["PEER_PORT"] = port.ToString(CultureInfo.InvariantCulture),
                ["PORTAL"] = PortalRequest.Origin.GetLeftPart(UriPartial.Authority),
                ["SURROUNDINGS"] = SurroundingsServer.AddressOf(surroundings),
                ["SECRET"] = Setting.Secret,
            },
            port: port);
        return new Contestant(Entrant.Name, server)
        {
            Portal = new PortalAddresses(Session: "/signed-in?info=json", Api: "/api/contacts", SignIn: "/api/contacts", Sessions),
        };
    }
}
