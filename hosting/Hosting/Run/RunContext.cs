using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Run;

/// <summary>What every part of the engine shares.</summary>
internal sealed record RunContext(
    DistributedApplicationModel Model,
    DistributedApplicationExecutionContext ExecutionContext,
    IDistributedApplicationEventing Eventing,
    ResourceNotificationService Notifications,
    ResourceLoggerService Logs,
    IConfiguration Configuration,
    IServiceProvider Services,
    EngineOptions Options,
    TimeProvider Clock)
{
    public Assembly? AppHostAssembly { get; init; }

    /// <summary>Whether the AppHost is in Development, which makes telemetry prompt.</summary>
    public bool IsDevelopment { get; init; }
}
