using System.Diagnostics;

namespace Platform.Hosting.Tests.Processes;

/// <summary>The AppHost in front of a person: started, stopped and killed from outside.</summary>
public sealed class AppHostTests
{
    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Says_where_everything_is_and_stops_on_Ctrl_C_leaving_nothing()
    {
        using var host = new AppHostProcess("--Trouble=stubborn");
        await host.StartedAsync();
        Assert.Matches("service +healthy ×2 +https://localhost:[0-9]+ +http://localhost:[0-9]+", await host.OutputAsync("Stop:"));
        Assert.Matches("Front door: +https://localhost:[0-9]+", host.Output);
        Assert.Contains("sleeper          | asleep", host.Output, StringComparison.Ordinal);
        var processes = host.Descendants();
        Assert.True(processes.Count >= 8, $"{processes.Count} processes");

        var stopwatch = Stopwatch.StartNew();
        host.Signal("INT");
        var exitCode = await host.ExitAsync();

        Assert.True(stopwatch.Elapsed < TimeSpan.FromSeconds(5), $"It took {stopwatch.Elapsed}.");
        Assert.Equal((0, ""), (exitCode, host.Errors.Trim()));
        Assert.Empty(host.Descendants());
        Assert.Empty(host.Temporary);
    }

    [Theory(Timeout = Deadline.Milliseconds)]
    [InlineData("--Trouble=stubborn")]
    [InlineData("--Trouble=none")]
    public async Task Leaves_nothing_when_it_is_killed(string trouble)
    {
        using var host = new AppHostProcess(trouble);
        await host.StartedAsync();
        var processes = host.Descendants();

        host.Signal("KILL");

        await Task.WhenAll(processes.Select(process => process.WaitForExitAsync(Deadline.Token)));
        Assert.Empty(host.Descendants());
        Assert.Empty(host.Temporary);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Leaves_nothing_when_it_is_killed_while_it_starts()
    {
        using var host = new AppHostProcess();
        await host.OutputAsync("service");
        var processes = host.Descendants();

        host.Signal("KILL");

        await Task.WhenAll(processes.Select(process => process.WaitForExitAsync(Deadline.Token)));
        Assert.Empty(host.Descendants());
        Assert.Empty(host.Temporary);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Says_in_a_sentence_what_is_missing_and_ends_with_an_exit_code()
    {
        using var host = new AppHostProcess("--Trouble=missing-executable");

        Assert.Equal(1, await host.ExitAsync());
        Assert.Equal(
            "'broken' cannot start: there is no executable 'no-such-program'. Install it, or put its folder on the PATH.", host.Errors.Trim());
        Assert.Empty(host.Descendants());
        Assert.Empty(host.Temporary);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Keeps_a_generated_secret_for_the_next_run()
    {
        using var host = new AppHostProcess("--Trouble=missing-executable");
        await host.ExitAsync();

        var kept = await File.ReadAllTextAsync(Path.Combine(host.Folder.FullName, "data", "parameters.json"), Deadline.Token);

        Assert.Contains("\"secret\"", kept, StringComparison.Ordinal);
        Assert.Contains("\"cache-password\"", kept, StringComparison.Ordinal);
    }
}
