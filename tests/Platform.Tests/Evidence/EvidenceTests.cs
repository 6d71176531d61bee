using System.Diagnostics;
using System.IO.Compression;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Hosting.Evidence;
using Platform.Tests.Dashboard;
using Platform.Tests.Topology;

namespace Platform.Tests.Evidence;

/// <summary>What tests leave that fail, in a process of their own: those of FailingTests.cs.</summary>
public sealed class EvidenceTests(SharedTopology topology) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("evidence-");
    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task Each_test_that_fails_leaves_what_it_ran_on_and_one_that_passes_nothing()
    {
        var output = await RunAsync();

        string[] expected =
        [
            $"{typeof(FailingFixtureTests)}", $"{typeof(FailingLaterTests)}", $"{typeof(FailingTests)}.On_a_topology_of_its_own_that_has_ended_by_then",
            $"{typeof(FailingTests)}.On_a_topology_that_does_not_start", $"{typeof(FailingTests)}.On_the_shared_topology",
        ];
        Assert.True(expected.SequenceEqual(_folder.EnumerateDirectories().Select(folder => folder.Name).Order(StringComparer.Ordinal)), output);

        var own = await ReadAsync($"{typeof(FailingTests)}.On_a_topology_of_its_own_that_has_ended_by_then");
        Assert.Equal("[redacted]\nstderr: [secret]", own["consolelogs/tool.txt"]);
        Assert.Contains("on purpose, with [secret]", own["failure.txt"], StringComparison.Ordinal);
        foreach (var start in (string[])[$"{typeof(FailingFixtureTests)}", $"{typeof(FailingTests)}.On_a_topology_that_does_not_start"])
        {
            var broken = await ReadAsync(start);
            Assert.Contains("its last words", broken["consolelogs/tool.txt"], StringComparison.Ordinal);
            Assert.Contains("'tool'", broken["failure.txt"], StringComparison.Ordinal);
        }

        Assert.Contains("its fixture failed", (await ReadAsync($"{typeof(FailingLaterTests)}"))["failure.txt"], StringComparison.Ordinal);
        var shared = await ReadAsync($"{typeof(FailingTests)}.On_the_shared_topology");
        Assert.Contains("Now listening on", shared["consolelogs/bff.txt"], StringComparison.Ordinal);
        using var dashboard = new DashboardTelemetry(topology.Running.App.Services.GetRequiredService<IConfiguration>());
        if (dashboard.IsThere)
        {
            await using var archive = await ZipFile.OpenReadAsync(
                Path.Combine(_folder.FullName, $"{typeof(FailingTests)}.On_the_shared_topology", "telemetry.zip"), _cancelled);
            using var traces = new StreamReader(await archive.GetEntry("traces/bff.json")!.OpenAsync(_cancelled));
            Assert.Contains("sign-in callback", await traces.ReadToEndAsync(_cancelled), StringComparison.Ordinal);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<string> RunAsync()
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "exec", typeof(EvidenceTests).Assembly.Location, "-noColor",
                "-class", $"{typeof(FailingTests)}", "-class", $"{typeof(FailingFixtureTests)}", "-class", $"{typeof(FailingLaterTests)}",
            ])
        {
            RedirectStandardOutput = true,
            Environment = { [TopologyEvidence.FolderVariable] = _folder.FullName, [OnPurposeAttribute.Variable] = "true" },
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(_cancelled);
            await process.WaitForExitAsync(_cancelled);
            return output;
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private async Task<Dictionary<string, string>> ReadAsync(string test)
    {
        var folder = Path.Combine(_folder.FullName, test);
        var files = new Dictionary<string, string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.txt", SearchOption.AllDirectories))
        {
            files[Path.GetRelativePath(folder, file)] = await File.ReadAllTextAsync(file, _cancelled);
        }

        return files;
    }
}
