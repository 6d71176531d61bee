using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Run;

/// <summary>Runs the application: the dashboard first, then addresses, then everything in the order of its dependencies.</summary>
internal sealed class Engine(
    RunContext context, RunFolder runFolder, Watchdog watchdog, EndpointAllocation endpoints, HealthChecks checks,
    DeveloperCertificate certificate, IDashboard dashboard, ParameterPrompts prompts, IEnumerable<IResourceBackend> backends, Terminal terminal)
    : IHostedService, IAsyncDisposable
{
    private Topology? _topology;
    private Task? _stopping;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        watchdog.AddFolder(runFolder.Path);
        terminal.Start();
        var outputs = new ProjectOutputs(context);
        foreach (var resource in context.Model.Resources.Where(Topology.Runs))
        {
            Initialization.AssignIds(resource);
            InstanceCommands.AddTo(resource, () => _topology!);
            if (resource is ProjectResource project)
            {
                InstanceCommands.AddRebuild(project, new(context, project, outputs, runFolder, watchdog, () => _topology!));
            }
        }

        await context.Eventing.PublishAsync(new BeforeStartEvent(context.Services, context.Model), cancellationToken);
        var addresses = await PrepareAsync(cancellationToken);
        terminal.AskFor(await prompts.ResolveAsync(canAsk: addresses is not null, cancellationToken), addresses);
        await AllocateAsync(cancellationToken);
        var planner = new ProcessPlanner(context, new(context, addresses, certificate), outputs, runFolder, backends);
        _topology = new(context, new(context, planner, watchdog, endpoints, new(context), checks));
        await _topology.StartAsync(cancellationToken);
        await context.Eventing.PublishAsync(new AfterResourcesCreatedEvent(context.Services, context.Model), cancellationToken);
        await (addresses?.Ready ?? Task.CompletedTask).WaitAsync(cancellationToken);
        terminal.Summarize(addresses);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _stopping ??= StopAsync();

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private async Task StopAsync()
    {
        terminal.Stopping();
        if (_topology is not null)
        {
            await _topology.StopAsync();
            _topology.Dispose();
        }

        context.Logs.CompleteAll();
        await dashboard.DisposeAsync();
        await terminal.FinishAsync();
    }

    private async Task AllocateAsync(CancellationToken cancellationToken)
    {
        var owners = context.Model.Resources.OfType<IResourceWithEndpoints>().ToList();
        foreach (var resource in owners)
        {
            await Initialization.PublishAsync(context, resource);
        }

        foreach (var resource in context.Model.Resources.ToList())
        {
            Initialization.Announce(context, resource, cancellationToken);
        }

        foreach (var resource in owners)
        {
            endpoints.Allocate(resource);
        }

        foreach (var resource in owners)
        {
            await context.Eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, context.Services), cancellationToken);
            await Initialization.PublishUrlsAsync(context, resource, cancellationToken);
        }
    }

    private async Task<DashboardAddresses?> PrepareAsync(CancellationToken cancellationToken)
    {
        var starting = context.Options.DashboardEnabled ? dashboard.StartAsync(cancellationToken) : Task.FromResult<DashboardAddresses?>(null);
        if (context.Model.Resources.Any(resource => resource.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.UriScheme == "https")))
        {
            await certificate.PrepareAsync(runFolder, cancellationToken);
        }

        return await starting;
    }
}
