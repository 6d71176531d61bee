using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Platform.Hosting.Tests.Supervision;

public sealed class CommandTests
{
    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Stops_and_starts_a_resource()
    {
        await using var application = new Application();
        application.AddShell("tool", "exec sleep 1000");
        await application.StartAsync();
        var commands = application.Running.ResourceCommands;
        var process = Process.GetProcessById(application.ProcessIdOf("tool"));

        Assert.True((await commands.ExecuteCommandAsync("tool", KnownResourceCommands.StopCommand, Deadline.Token)).Success);
        Assert.True(process.HasExited);
        Assert.Equal((KnownResourceStates.Exited, 143), (application.TextOf("tool"), application.StateOf("tool").Snapshot.ExitCode));
        Assert.Equal(["start"], Offered(application));

        Assert.True((await commands.ExecuteCommandAsync("tool", KnownResourceCommands.StartCommand, Deadline.Token)).Success);
        Assert.Equal(KnownResourceStates.Running, application.TextOf("tool"));
        Assert.Equal(["stop", "restart"], Offered(application));
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Restarts_an_instance_by_its_id()
    {
        await using var application = new Application();
        application.AddShell("tool", "exec sleep 1000");
        await application.StartAsync();
        var before = application.ProcessIdOf("tool");

        var result = await application.Running.ResourceCommands.ExecuteCommandAsync(
            application.StateOf("tool").ResourceId, "resource-restart", Deadline.Token);

        Assert.True(result.Success, result.ErrorMessage);
        Assert.NotEqual(before, application.ProcessIdOf("tool"));
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Says_why_a_start_failed()
    {
        await using var application = new Application();
        application.AddShell("tool", "echo no luck; exit 9").WithExplicitStart();
        await application.StartAsync();

        var result = await application.Running.ResourceCommands.ExecuteCommandAsync("tool", KnownResourceCommands.StartCommand, Deadline.Token);

        Assert.False(result.Success);
        Assert.Contains("no luck", result.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Runs_a_command_of_the_AppHost_and_takes_its_exception_for_an_answer()
    {
        await using var application = new Application();
        application.AddShell("tool", "exec sleep 1000")
            .WithCommand("greet", "Greet", context => Task.FromResult(CommandResults.Failure($"not to {context.ResourceName}")))
            .WithCommand("throw", "Throw", _ => throw new InvalidOperationException("thrown"));
        await application.StartAsync();
        var commands = application.Running.ResourceCommands;
        var id = application.StateOf("tool").ResourceId;

        Assert.Equal($"not to {id}", (await commands.ExecuteCommandAsync("tool", "greet", Deadline.Token)).ErrorMessage);
        Assert.Equal("thrown", (await commands.ExecuteCommandAsync("tool", "throw", Deadline.Token)).ErrorMessage);
        Assert.Equal("Resource 'tool' has no command 'fly'.", (await commands.ExecuteCommandAsync("tool", "fly", Deadline.Token)).ErrorMessage);
    }

    private static IEnumerable<string> Offered(Application application) => application.StateOf("tool").Snapshot.Commands
        .Where(command => command.State == ResourceCommandState.Enabled).Select(command => command.Name);
}
