using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Run;

/// <summary>What a person sees: progress, every resource's output under its name, and at the end where to go. Tests see loggers instead.</summary>
internal sealed partial class Terminal(RunContext context, DistributedApplicationOptions options, ILoggerFactory loggers, ConsoleWriter console)
    : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly long _began = context.Clock.GetTimestamp();
    private readonly string _appHost = context.AppHostAssembly?.GetName().Name ?? "AppHost";
    private Task _progress = Task.CompletedTask;
    private bool _started;

    public void Start()
    {
        _started = true;
        if (!context.Options.Testing)
        {
            var width = context.Model.Resources.Where(Topology.Runs)
                .Select(resource => resource.Name.Length + (resource.GetReplicaCount() > 1 ? 9 : 0)).DefaultIfEmpty(0).Max();
            console.Start(width);
            context.Logs.OnLine = (id, entry) => console.WriteOutput(Shown(id), entry.Text);
            _progress = ReportProgressAsync(_end.Token);
        }
        else if (options.EnableResourceLogging)
        {
            context.Logs.OnLine = (id, entry) =>
                LogOutput(loggers.CreateLogger($"{_appHost}.Resources.{ResourceInstances.NameOf(id)}"), Ansi.Strip(entry.Text));
        }
    }

    /// <summary>Where to give the parameters their values.</summary>
    public void AskFor(IReadOnlyList<ParameterResource> missing, DashboardAddresses? dashboard)
    {
        if (missing.Count > 0 && !context.Options.Testing)
        {
            console.WriteLines(["", $"  No value: {string.Join(", ", missing.Select(parameter => parameter.Name))}. Enter it at {dashboard?.LoginUrl}", ""]);
        }
    }

    public void Summarize(DashboardAddresses? dashboard)
    {
        if (!context.Options.Testing)
        {
            console.WriteLines(Summary.Of(context, dashboard, context.Clock.GetElapsedTime(_began)));
        }
    }

    public void Stopping()
    {
        if (_started && !context.Options.Testing)
        {
            console.WriteLines(["Stopping …"]);
        }
    }

    /// <summary>Writes what is still to be written.</summary>
    public async Task FinishAsync()
    {
        await _end.CancelAsync();
        await _progress;
        await console.FinishAsync();
    }

    public void Dispose() => _end.Dispose();

    private async Task ReportProgressAsync(CancellationToken cancellationToken)
    {
        var before = new Dictionary<string, string>();
        try
        {
            await foreach (var change in context.Notifications.WatchAsync(cancellationToken))
            {
                if (!Topology.Runs(change.Resource) || Describe(change.Snapshot) is not { } text || before.GetValueOrDefault(change.ResourceId) == text)
                {
                    continue;
                }

                before[change.ResourceId] = text;
                console.WriteProgress(Shown(change.ResourceId), text + Waits(change));
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody reads on.
        }
    }

    private static string? Describe(CustomResourceSnapshot snapshot) => snapshot.State?.Text switch
    {
        null or nameof(KnownResourceStates.NotStarted) => null,
        nameof(KnownResourceStates.Running) => snapshot.HealthStatus == HealthStatus.Healthy ? snapshot.Ready is null ? null : "healthy"
            : snapshot.Ready is null ? null
            : $"not healthy: {snapshot.HealthReports.First(report => report.Status != HealthStatus.Healthy).Description}",
        nameof(KnownResourceStates.Exited) => string.Create(CultureInfo.InvariantCulture, $"ended with exit code {snapshot.ExitCode}"),
        nameof(KnownResourceStates.FailedToStart) => "failed to start",
        var state => state.ToLowerInvariant()
    };

    private static string Waits(ResourceEvent change) => change.Snapshot.State?.Text == KnownResourceStates.Waiting
        ? " for " + string.Join(", ", change.Resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource.Name))
        : "";

    // One process needs no suffix to be told apart.
    private string Shown(string id) => context.Model.Resources
        .FirstOrDefault(resource => ResourceInstances.Of(resource) is [var only] && only == id)?.Name ?? id;

    [LoggerMessage(LogLevel.Information, "{Line}")]
    private static partial void LogOutput(ILogger logger, string line);
}
