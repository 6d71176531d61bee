using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Run;

/// <summary>Once all instances of a resource are healthy, the handlers of <see cref="ResourceReadyEvent"/> run, and dependents may start.</summary>
internal sealed class Readiness(RunContext context)
{
    private readonly Lock _lock = new();

    public Task OnHealthyAsync(IResource resource, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var states = context.Notifications.StatesOf(resource);
            if (!states.All(state => state.Snapshot.HealthStatus == HealthStatus.Healthy) || states.All(state => state.Snapshot.Ready is not null))
            {
                return Task.CompletedTask;
            }

            var handlers = Task.Run(
                () => context.Eventing.PublishAsync(new ResourceReadyEvent(resource, context.Services), cancellationToken), cancellationToken);
            _ = context.Notifications.PublishUpdateAsync(resource, snapshot => snapshot with { Ready = handlers });
            return handlers;
        }
    }
}
