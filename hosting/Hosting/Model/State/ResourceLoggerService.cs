using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The console output of the resources, and what the engine has to say about them.</summary>
public class ResourceLoggerService
{
    private readonly ConcurrentDictionary<string, LogBuffer> _buffers = new(StringComparer.OrdinalIgnoreCase);
    private readonly TimeProvider _clock;

    internal ResourceLoggerService(TimeProvider clock) => _clock = clock;

    /// <summary>Told of every line, in order: the instance, the line.</summary>
    internal Action<string, LogEntry>? OnLine { get; set; }

    public ILogger GetLogger(IResource resource) => new ResourceLogger(this, () => ResourceInstances.Of(resource));

    public ILogger GetLogger(string resourceName) => new ResourceLogger(this, () => [resourceName]);

    /// <summary>The last lines of all instances, then every new one.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource) => WatchAsync(resource.Name);

    /// <summary>The last lines, then every new one. The name is that of an instance, or of a resource for all of its instances.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName)
    {
        await foreach (var entries in WatchEntriesAsync(resourceName, CancellationToken.None))
        {
            yield return [.. entries.Select(ToLine)];
        }
    }

    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(IResource resource) => GetAllAsync(resource.Name);

    /// <summary>The last lines.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName)
    {
        await ValueTask.CompletedTask;
        yield return [.. Buffer(resourceName).Snapshot().Select(ToLine)];
    }

    public void ClearBacklog(string resourceName) => Buffer(resourceName).Clear();

    public void Complete(IResource resource) => Complete(resource.Name);

    public void Complete(string name) => Buffer(name).Complete();

    internal async IAsyncEnumerable<IReadOnlyList<LogEntry>> WatchEntriesAsync(
        string resourceName, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = Buffer(resourceName);
        var position = 0;
        while (await buffer.ReadAsync(position, cancellationToken) is var (entries, next))
        {
            position = next;
            yield return entries;
        }
    }

    internal IReadOnlyList<LogEntry> LastLines(string resourceId) => Buffer(resourceId).Snapshot();

    /// <summary>Adds a line to the instance's output and to that of its resource.</summary>
    internal void Append(string resourceId, string resourceName, string text, bool isError)
    {
        var time = _clock.GetUtcNow();
        Buffer(resourceId).Append(time, text, isError);
        if (resourceName != resourceId)
        {
            Buffer(resourceName).Append(time, text, isError);
        }

        OnLine?.Invoke(resourceId, new(0, time, text, isError));
    }

    internal void CompleteAll()
    {
        foreach (var buffer in _buffers.Values)
        {
            buffer.Complete();
        }
    }

    private LogBuffer Buffer(string name) => _buffers.GetOrAdd(name, _ => new());

    private static LogLine ToLine(LogEntry entry) => new(entry.Number, entry.Text, entry.IsError);

    private sealed class ResourceLogger(ResourceLoggerService service, Func<IReadOnlyList<string>> ids) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = exception is null ? formatter(state, null) : $"{formatter(state, exception)} {exception.Message}";
            foreach (var id in ids())
            {
                foreach (var line in text.Split('\n'))
                {
                    service.Append(id, ResourceInstances.NameOf(id), line, logLevel >= LogLevel.Error);
                }
            }
        }
    }
}
