using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Platform.IdP.Tests.Audit;

/// <summary>What the audit log was told, by the names of its fields.</summary>
internal sealed class AuditRecord : ILoggerProvider
{
    private readonly ConcurrentQueue<AuditedEvent> _events = new();

    /// <summary>The events of this name so far.</summary>
    public IReadOnlyList<AuditedEvent> Of(string name) => [.. _events.Where(one => one.Name == name)];

    public AuditedEvent Last(string name) => Of(name)[^1];

    public void Clear() => _events.Clear();

    public ILogger CreateLogger(string categoryName) => categoryName == "Platform.IdP.Audit"
        ? new Logger(_events) : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<AuditedEvent> events) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            events.Enqueue(new AuditedEvent(eventId.Id, eventId.Name!,
                ((IEnumerable<KeyValuePair<string, object?>>)state!).ToDictionary(field => field.Key, field => field.Value?.ToString())));
    }
}

internal sealed record AuditedEvent(int Id, string Name, IReadOnlyDictionary<string, string?> Fields)
{
    public string? this[string field] => Fields[field];
}
