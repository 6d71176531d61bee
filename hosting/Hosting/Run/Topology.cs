using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run;

/// <summary>The instances of all resources that run something: starts them in the order of their dependencies, and stops them in the reverse.</summary>
internal sealed class Topology : IDisposable
{
    private readonly RunContext _context;
    private readonly Dictionary<IResource, IReadOnlyList<Instance>> _instances;
    private readonly Dictionary<IResource, ResourceStart> _starts;
    private readonly CancellationTokenSource _abandon = new();

    public Topology(RunContext context, InstanceServices services)
    {
        _context = context;
        var resources = context.Model.Resources.Where(Runs).ToList();
        StartOrder.Check(resources);
        _instances = resources.ToDictionary(resource => resource, resource => (IReadOnlyList<Instance>)
            [.. ResourceInstances.Of(resource).Select(id => new Instance(resource, id, services))]);
        _starts = resources.ToDictionary(resource => resource, resource => new ResourceStart(context, resource, _instances[resource], _abandon.Token));
    }

    public IEnumerable<IResource> Resources => _instances.Keys;

    /// <summary>Whether a process stands for the resource.</summary>
    public static bool Runs(IResource resource) => resource is ProjectResource or ExecutableResource or ContainerResource;

    /// <summary>Starts everything that is not to be started by hand. Ends when all of it is healthy, or with the first failure.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var pending = new List<Task>();
        foreach (var resource in Resources.Where(resource => !resource.HasAnnotationOfType<ExplicitStartupAnnotation>()))
        {
            var start = _starts[resource].Begin();
            if (!StartOrder.DependsOnManualStart(resource))
            {
                pending.Add(start);
            }
        }

        while (pending.Count > 0)
        {
            var done = await NextAsync(pending, cancellationToken);
            pending.Remove(done);
            if (done.IsFaulted)
            {
                // What waited for the culprit fails with it; it is the culprit that is to be named.
                var culprit = _instances.Values.SelectMany(instances => instances).FirstOrDefault(instance => instance.Failure is not null)?.Failure;
                throw new DistributedApplicationException((culprit ?? done.Exception.InnerException!).Message, culprit ?? done.Exception.InnerException!);
            }
        }
    }

    private async Task<Task> NextAsync(List<Task> pending, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.WhenAny(pending).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException canceled)
        {
            throw new OperationCanceledException(
                $"The start was given up before everything was healthy.\n{_context.Notifications.Describe()}", canceled, cancellationToken);
        }
    }

    /// <summary>Every resource ends after those that wait for it; what has not ended in time is ended.</summary>
    public async Task StopAsync()
    {
        await _abandon.CancelAsync();
        using var impatience = new CancellationTokenSource(_context.Options.StopTimeout, _context.Clock);
        var stops = new Dictionary<IResource, Task>();
        await Task.WhenAll(Resources.Select(StopOnce));

        Task StopOnce(IResource resource) => stops.TryGetValue(resource, out var known) ? known : stops[resource] = StopAsync(
            resource, [.. Resources.Where(other => StartOrder.WaitsFor(other, resource)).Select(StopOnce)], impatience.Token);
    }

    public async Task StartAsync(string instanceId, CancellationToken cancellationToken)
    {
        var (start, instance) = Find(instanceId);
        if (!start.HasBegun)
        {
            await start.Begin().WaitAsync(cancellationToken);
            return;
        }

        start.SkipWaiting();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _abandon.Token);
        await (await instance.StartAsync(either.Token)).WaitAsync(either.Token);
    }

    public async Task StopAsync(string instanceId, bool restarting, CancellationToken cancellationToken)
    {
        using var impatience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        impatience.CancelAfter(_context.Options.StopTimeout);
        await Find(instanceId).Instance.StopAsync(impatience.Token, restarting);
    }

    public void Dispose()
    {
        foreach (var instance in _instances.Values.SelectMany(instances => instances))
        {
            instance.Dispose();
        }

        _abandon.Dispose();
    }

    private async Task StopAsync(IResource resource, Task[] dependents, CancellationToken impatience)
    {
        await Task.WhenAll(dependents);
        await Task.WhenAll(_instances[resource].Select(instance => instance.StopAsync(impatience)));
    }

    private (ResourceStart Start, Instance Instance) Find(string instanceId)
    {
        foreach (var (resource, instances) in _instances)
        {
            if (instances.FirstOrDefault(instance => instance.Id == instanceId) is { } instance)
            {
                return (_starts[resource], instance);
            }
        }

        throw new ArgumentException($"There is no instance '{instanceId}'.", nameof(instanceId));
    }
}
