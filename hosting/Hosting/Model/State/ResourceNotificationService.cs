using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Knows how every instance of every resource is doing, and tells who asks.</summary>
public partial class ResourceNotificationService : IDisposable
{
    private readonly ConcurrentDictionary<string, ResourceEvent> _current = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _lock = new();
    private readonly DistributedApplicationModel _model;
    private readonly IServiceProvider _services;
    private ImmutableHashSet<Channel<ResourceEvent>> _watchers = [];
    private bool _disposed;

    internal ResourceNotificationService(DistributedApplicationModel model, IServiceProvider services, WaitBehavior defaultWaitBehavior)
    {
        _model = model;
        _services = services;
        _defaultWaitBehavior = defaultWaitBehavior;
    }

    /// <summary>The state of every instance, then every change.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var changes = Channel.CreateUnbounded<ResourceEvent>(new() { SingleReader = true });
        lock (_lock)
        {
            foreach (var current in _current.Values)
            {
                changes.Writer.TryWrite(current);
            }

            _watchers = _watchers.Add(changes);
            if (_disposed)
            {
                changes.Writer.TryComplete();
            }
        }

        try
        {
            await foreach (var change in changes.Reader.ReadAllAsync(cancellationToken))
            {
                yield return change;
            }
        }
        finally
        {
            lock (_lock)
            {
                _watchers = _watchers.Remove(changes);
            }
        }
    }

    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent) =>
        _current.TryGetValue(resourceId, out resourceEvent);

    /// <summary>Changes the state of all instances.</summary>
    public async Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        foreach (var id in ResourceInstances.Of(resource))
        {
            await PublishUpdateAsync(resource, id, stateFactory);
        }
    }

    /// <summary>Changes the state of one instance.</summary>
    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        lock (_lock)
        {
            var before = _current.TryGetValue(resourceId, out var known) ? known.Snapshot : Empty(resource);
            var snapshot = stateFactory(before);
            var change = new ResourceEvent(resource, resourceId, snapshot with { Commands = CommandsOf(resource, snapshot) });
            _current[resourceId] = change;
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryWrite(change);
            }
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryComplete();
            }
        }

        GC.SuppressFinalize(this);
    }

    internal ImmutableArray<ResourceEvent> StatesOf(IResource resource) =>
        [.. ResourceInstances.Of(resource).Select(_current.GetValueOrDefault).OfType<ResourceEvent>()];

    private static CustomResourceSnapshot Empty(IResource resource) => new()
    {
        ResourceType = resource switch
        {
            ProjectResource => "Project",
            ParameterResource => "Parameter",
            _ => "Executable"
        },
        Properties = []
    };

    private ImmutableArray<ResourceCommandSnapshot> CommandsOf(IResource resource, CustomResourceSnapshot snapshot) =>
    [
        .. resource.Annotations.OfType<ResourceCommandAnnotation>().Select(command => new ResourceCommandSnapshot(
            command.Name, command.UpdateState(new() { ResourceSnapshot = snapshot, ServiceProvider = _services }), command.DisplayName,
            command.DisplayDescription, command.Parameter, command.ConfirmationMessage, command.IconName, command.IconVariant,
            command.IsHighlighted))
    ];
}
