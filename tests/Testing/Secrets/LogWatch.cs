using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Platform.Testing.Secrets;

/// <summary>
/// Keeps whatever a service logs, at every level: messages, their values, scopes and exceptions. A secret may be learnt
/// after it was logged, so that the search is at the end.
/// </summary>
[ProviderAlias("Watch")]
public sealed class LogWatch : ILoggerProvider
{
    /// <summary>The setting that has it told everything, whatever others are told.</summary>
    public const string LevelSetting = "Logging:Watch:LogLevel:Default";

    private readonly ConcurrentQueue<string> _lines = new();

    /// <exception cref="InvalidOperationException">A secret was logged; the message shows the first few lines.</exception>
    public void EnsureHoldsNone(KnownSecrets secrets) => secrets.EnsureAbsent(_lines, "the logs");

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue($"{category} scope: {state}{Values(state)}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{category} {logLevel}: {formatter(state, exception)}{Values(state)} {exception}");

        private static string Values(object? state)
        {
            if (state is not IEnumerable<KeyValuePair<string, object?>> values)
            {
                return "";
            }

            var text = new StringBuilder();
            foreach (var (name, value) in values)
            {
                if (name != "{OriginalFormat}")
                {
                    text.Append(" | ").Append(name).Append('=').Append(value);
                }
            }

            return text.ToString();
        }
    }
}
