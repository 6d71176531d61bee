using System.Diagnostics;
using System.Text.Json;
using Platform.Doctor;
using Platform.Doctor.CommandLine;

namespace Platform.Tests.Doctor;

[Collection(typeof(DoctorTests))]
public sealed class HealthyTests(DoctorTopology topology)
{
    private readonly CancellationToken _cancelled = TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task The_shipped_topology_has_nothing_to_find()
    {
        await topology.WriteClientsAsync();
        await IsWellAsync();

        var report = await topology.ExamineAsync();

        Assert.Empty(report.Findings);
        Assert.Equal(0, report.ExitCode);
        Assert.True(report.Results.Count >= 30);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_command_of_the_bff_shows_the_same_in_the_dashboard()
    {
        await IsWellAsync();

        var result = await topology.Running.App.ResourceCommands.ExecuteCommandAsync("bff", "doctor", _cancelled);

        Assert.True(result.Success, result.ErrorMessage);
        Assert.Equal(CommandResultFormat.Markdown, result.Data!.Format);
        Assert.True(result.Data.DisplayImmediately);
        Assert.Contains("All is well", result.Data.Value, StringComparison.Ordinal);
        Assert.Contains("| `redirect-uris` |", result.Data.Value, StringComparison.Ordinal);
        topology.Running.Secrets.EnsureAbsent([result.Data.Value], "the doctor's answer");
    }

    [Fact(Timeout = 120_000)]
    public async Task The_program_takes_its_secrets_from_the_environment_and_ends_with_0()
    {
        await IsWellAsync();

        var (exitCode, output) = await RunAsync(topology.Key.Value, topology.Running.AdministratorSecret, "--json");

        Assert.True(exitCode == 0, output);
        using var report = JsonDocument.Parse(output);
        Assert.All(report.RootElement.GetProperty("checks").EnumerateArray(), check => Assert.Equal("ok", check.GetProperty("outcome").GetString()));
        Assert.Contains("variable DIAGNOSTICS_KEY", report.RootElement.GetProperty("asked")[0].GetString());
        topology.Running.Secrets.EnsureAbsent([output], "the doctor's output");
    }

    [Fact(Timeout = 120_000)]
    public async Task Another_key_or_secret_is_told_and_ends_with_2()
    {
        await IsWellAsync();

        var (exitCode, output) = await RunAsync("no key of anybody, though it is long enough", topology.Running.AdministratorSecret);
        var (withoutSecret, answer) = await RunAsync(topology.Key.Value, "another");

        Assert.True(exitCode == 2, output);
        Assert.Contains("The BFF answered 404", output, StringComparison.Ordinal);
        Assert.Contains("the variable DIAGNOSTICS_KEY", output, StringComparison.Ordinal);
        Assert.True(withoutSecret == 2, answer);
        Assert.Contains("The IdP answered 401", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[", output, StringComparison.Ordinal);
    }

    // Services may have been stopped by the test before.
    private async Task IsWellAsync() => await topology.ExamineUntilAsync(report => report.ExitCode == 0);

    private async Task<(int ExitCode, string Output)> RunAsync(string key, string secret, params string[] options)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(PlatformDoctor).Assembly.Location, "--portal", topology.Running.Portal, .. options])
        {
            RedirectStandardOutput = true,
            Environment = { [Credentials.KeyVariable] = key, [Credentials.SecretVariable] = secret },
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(_cancelled);
        await process.WaitForExitAsync(_cancelled);
        return (process.ExitCode, output);
    }
}
