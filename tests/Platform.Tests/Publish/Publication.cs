using System.Diagnostics;
using System.Reflection;

namespace Platform.Tests.Publish;

/// <summary>What <c>dotnet run --project AppHost -- publish</c> writes, in a folder that goes when it is disposed.</summary>
public sealed class Publication : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("publication-");

    public string Folder => _folder.FullName;

    public string Output { get; private set; } = "";

    private static string Schemas { get; } = typeof(Publication).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "DeploymentSchemas").Value!;

    /// <summary>Why the files cannot be validated here, or null.</summary>
    public static string? SchemasMissing => Directory.Exists(Path.Combine(Schemas, "node_modules"))
        ? null
        : "The schemas are not installed: run `./platform test`, or `npm ci` in tests/Platform.Tests/Publish/schemas.";

    public async ValueTask InitializeAsync()
    {
        var appHost = Path.Combine(AppContext.BaseDirectory, "AppHost.dll");
        var (exitCode, output) = await RunAsync("dotnet", ["exec", appHost, "publish", "--output-path", Folder]);
        Assert.True(exitCode == 0, output);
        Output = output;
    }

    /// <summary>What is wrong by the published schemas with the files of a folder, a line each.</summary>
    public static async Task<string> FaultsAsync(string folder) =>
        (await RunAsync("node", [Path.Combine(Schemas, "validate.mjs"), folder])).Output.Trim();

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string file, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var output = await Task.WhenAll(
                process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, string.Concat(output));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
