namespace Aspire.Hosting.Run;

/// <summary>What instances need of the engine.</summary>
internal sealed record InstanceServices(
    RunContext Context, ProcessPlanner Planner, Watchdog Watchdog, EndpointAllocation Endpoints, Readiness Readiness, HealthChecks Checks);
