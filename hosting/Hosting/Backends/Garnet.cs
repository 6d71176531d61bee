using System.Text.Json;
using Aspire.Hosting.Run;

namespace Aspire.Hosting.Backends;

/// <summary>Garnet, a .NET tool that speaks Redis' protocol; NuGet brings it once.</summary>
internal static class Garnet
{
    internal const string Version = "2.2.5";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static async Task<BackendProcess> DescribeAsync(
        BackendContext context, string? password, bool keeps, CancellationToken cancellationToken)
    {
        if (!File.Exists(Program()))
        {
            await DownloadAsync(context, cancellationToken);
        }

        // The password stands in a file that only its owner reads: the command line is for everyone to see.
        var file = PrivateFile.Write(context, "garnet.json", JsonSerializer.Serialize(Settings(context, password, keeps), Indented));
        context.Say($"Redis is Garnet {Version}; it has no streams, no keyspace notifications and no modules"
            + (keeps ? $"; its append-only file is in {context.DataFolder}." : ", and keeps nothing when it ends."));
        return new(Executables.Dotnet(), ["exec", Program(), "--config-import-path", file])
        {
            WorkingDirectory = context.DataFolder,
            Environment = new Dictionary<string, string> { ["DOTNET_gcServer"] = "0" },
            Probe = (port, token) => RedisProbe.AskAsync(port, password, token),
            Description = keeps ? "Garnet" : "Garnet; keeps nothing when it ends",
        };
    }

    private static Dictionary<string, object> Settings(BackendContext context, string? password, bool keeps)
    {
        var settings = new Dictionary<string, object>
        {
            ["Address"] = "127.0.0.1",
            ["Port"] = context.TargetPort,
            ["EnableLua"] = true,
            ["QuietMode"] = true,
            ["LogMemorySize"] = "64m",
            ["PageSize"] = "4m",
            ["SegmentSize"] = "64m",
            ["IndexMemorySize"] = "8m",
            // The default needs libaio.
            ["DeviceType"] = "RandomAccess",
            ["CheckpointDir"] = context.DataFolder,
            ["EnableAOF"] = keeps,
            ["Recover"] = keeps,
            ["AofMemorySize"] = "16m",
            ["AofPageSize"] = "8m",
            // What was acknowledged survives a kill, as with Redis.
            ["CommitFrequencyMs"] = 0,
            ["WaitForCommit"] = keeps,
        };
        if (password is not null)
        {
            settings["AuthenticationMode"] = "Password";
            settings["Password"] = password;
        }

        return settings;
    }

    private static async Task DownloadAsync(BackendContext context, CancellationToken cancellationToken)
    {
        context.Say($"Garnet is not here yet: NuGet brings garnet-server {Version} (once, 110 MB) …");
        var (exitCode, output) = await Tool.RunAsync(
            Executables.Dotnet(), ["tool", "exec", $"garnet-server@{Version}", "--yes", "--", "--version"], context.Say, cancellationToken);
        if (!File.Exists(Program()))
        {
            throw new DistributedApplicationException(
                $"'{context.Resource.Name}' needs redis-server (Debian, Ubuntu: apt-get install redis-server; macOS: brew install redis), "
                + $"or the .NET tool garnet-server {Version}, which NuGet did not bring (exit code {exitCode}): {output}");
        }
    }

    internal static string Program()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return Path.Combine(packages, "garnet-server", Version, "tools", "net10.0", "any", "GarnetServer.dll");
    }
}
