using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Platform.ServiceDefaults.Tests.Telemetry;

public sealed class QuietLogsTests
{
    [Theory]
    [InlineData("Logging:LogLevel:Default")]
    [InlineData("Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics")]
    [InlineData("Logging:Heard:LogLevel:Default")]
    [InlineData("Logging:Heard:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics")]
    public void Addresses_of_requests_are_in_no_log_whatever_is_set(string setting)
    {
        using var heard = new Heard();
        var builder = Host.CreateApplicationBuilder([$"--{setting}=Trace", "--Logging:LogLevel:Default=Trace"]);
        builder.Logging.AddProvider(heard);
        builder.KeepAddressesOutOfLogs();
        using var host = builder.Build();
        var loggers = host.Services.GetRequiredService<ILoggerFactory>();

        foreach (var category in new[] { "Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Server.Kestrel.BadRequests" })
        {
            loggers.CreateLogger(category).Log(LogLevel.Information, "https://idp.test/?code=secret");
            loggers.CreateLogger(category).Log(LogLevel.Warning, "warned");
        }

        loggers.CreateLogger("Another").Log(LogLevel.Information, "told");

        Assert.Equal(["warned", "warned", "told"], heard.Lines);
    }

    [ProviderAlias("Heard")]
    private sealed class Heard : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
