using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run;

/// <summary>The commands that every process has: start, stop, restart; and those of projects: rebuild.</summary>
internal static class InstanceCommands
{
    internal const string RebuildCommand = "rebuild";

    public static void AddTo(IResource resource, Func<Topology> topology)
    {
        Add(resource, KnownResourceCommands.StartCommand, "Start", "Play", state => Ended(state) || state == KnownResourceStates.Waiting,
            context => topology().StartAsync(context.ResourceName, context.CancellationToken));
        Add(resource, KnownResourceCommands.StopCommand, "Stop", "Stop", Runs,
            context => topology().StopAsync(context.ResourceName, restarting: false, context.CancellationToken));
        Add(resource, KnownResourceCommands.RestartCommand, "Restart", "ArrowCounterclockwise", Runs, async context =>
        {
            await topology().StopAsync(context.ResourceName, restarting: true, context.CancellationToken);
            await topology().StartAsync(context.ResourceName, context.CancellationToken);
        });
    }

    public static void AddRebuild(ProjectResource project, Rebuild rebuild) => project.Annotations.Add(new ResourceCommandAnnotation(
        RebuildCommand, "Rebuild",
        context => context.ResourceSnapshot.State?.Text is var state && (Runs(state) || Ended(state)) ? ResourceCommandState.Enabled : ResourceCommandState.Hidden,
        context => rebuild.RunAsync(context.CancellationToken), "Build the project and start its processes anew, one after the other.",
        null, null, "Wrench", IconVariant.Regular, isHighlighted: false));

    private static bool Ended(string? state) =>
        state is null || state == KnownResourceStates.NotStarted || KnownResourceStates.TerminalStates.Contains(state);

    private static bool Runs(string? state) =>
        state == KnownResourceStates.Running || state == KnownResourceStates.Starting || state == KnownResourceStates.RuntimeUnhealthy;

    private static void Add(
        IResource resource, string name, string displayName, string icon, Func<string?, bool> offered, Func<ExecuteCommandContext, Task> run) =>
        resource.Annotations.Add(new ResourceCommandAnnotation(
            name, displayName,
            context => offered(context.ResourceSnapshot.State?.Text) ? ResourceCommandState.Enabled : ResourceCommandState.Hidden,
            async context =>
            {
                await run(context);
                return CommandResults.Success();
            },
            $"{displayName} the process.", null, null, icon, IconVariant.Filled, isHighlighted: true));
}
