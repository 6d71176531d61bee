using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run;

internal sealed partial class Instance
{
    private static ResourceStateSnapshot Ended(int? exitCode) => exitCode is null or 0
        ? new(KnownResourceStates.Finished, KnownResourceStateStyles.Info)
        : new(KnownResourceStates.Exited, KnownResourceStateStyles.Error);

    internal Task PublishAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) =>
        services.Context.Notifications.PublishUpdateAsync(Resource, Id, change);

    private Task PublishStartingAsync() => PublishAsync(snapshot => snapshot with
    {
        State = new(KnownResourceStates.Starting, KnownResourceStateStyles.Info),
        ExitCode = null,
        StopTimeStamp = null,
        HealthReports = HealthMonitor.Unreported(Resource),
        Ready = null,
        IsPassing = false
    });

    private Task PublishStartedAsync(ProcessPlan plan, int processId) => PublishAsync(snapshot => snapshot with
    {
        StartTimeStamp = services.Context.Clock.GetUtcNow().UtcDateTime,
        Properties =
        [
            .. snapshot.Properties.Where(property => property.Name == CustomResourceKnownProperties.ConnectionString), .. Properties(plan, processId)
        ],
        EnvironmentVariables =
        [
            .. plan.Environment.Select(variable => new EnvironmentVariableSnapshot(variable.Key, variable.Value, plan.FromModel.Contains(variable.Key)))
        ],
        Urls = [.. snapshot.Urls.Select(url => url with { IsInactive = false })]
    });

    private ImmutableArray<ResourcePropertySnapshot> Properties(ProcessPlan plan, int processId)
    {
        var properties = ImmutableArray.CreateBuilder<ResourcePropertySnapshot>();
        if (Resource is ProjectResource project)
        {
            properties.Add(new("project.path", project.GetProjectMetadata().ProjectPath));
            if (Resource.TryGetLastAnnotation<LaunchProfileAnnotation>(out var profile))
            {
                properties.Add(new("project.launchProfile", profile.LaunchProfileName));
            }
        }

        properties.Add(new("executable.path", plan.File));
        properties.Add(new("executable.workDir", plan.WorkingDirectory));
        // Arguments may hold what parameters keep secret.
        properties.Add(new("executable.args", plan.Arguments.ToImmutableArray()) { IsSensitive = true });
        properties.Add(new("executable.pid", processId));
        if (plan.Description is { } description)
        {
            properties.Add(new(CustomResourceKnownProperties.Source, description));
        }

        return properties.ToImmutable();
    }

    private async Task PublishEndAsync(int exitCode, bool isLast)
    {
        await PublishAsync(snapshot => snapshot with
        {
            State = Ended(exitCode),
            ExitCode = exitCode,
            StopTimeStamp = services.Context.Clock.GetUtcNow().UtcDateTime,
            Urls = [.. snapshot.Urls.Select(url => url with { IsInactive = true })],
            IsPassing = !isLast
        });
        if (services.Context.Notifications.TryGetCurrentState(Id, out var state))
        {
            await services.Context.Eventing.PublishAsync(new ResourceStoppedEvent(Resource, services.Context.Services, state));
        }
    }

    private async Task FailAsync(DistributedApplicationException failure)
    {
        LogFailure(failure.Message.Split('\n')[0]);

        // Before the state is published: whoever sees the state finds the reason.
        _started.TrySetException(failure);
        _ = _started.Task.Exception; // observed: not every caller waits for it
        await PublishAsync(snapshot => snapshot with
        {
            State = new(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error),
            IsPassing = false
        });
    }
}
