using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Platform.ServiceDefaults.Telemetry;

namespace Microsoft.Extensions.Hosting;

public static partial class ServiceDefaultsExtensions
{
    // The lowest source of all: any configuration may ask for more.
    private static readonly Dictionary<string, string?> QuietByDefault = new()
    {
        // Traces tell of each request; the log need not.
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:System.Net.Http"] = "Warning",
        // Probes repeat it many times a minute; what is away says so itself, once.
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "Critical",
    };

    /// <summary>
    /// Traces, metrics and logs of ASP.NET Core, HttpClient, the runtime and every <c>Platform.*</c> source.
    /// They are recorded, and exported over OTLP, when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; the exporter honours the
    /// other <c>OTEL_EXPORTER_OTLP_*</c> variables, the SDK honours <c>OTEL_SERVICE_NAME</c> and <c>OTEL_RESOURCE_ATTRIBUTES</c>.
    /// Without an address nothing is recorded; requests have their trace ids all the same, in logs and in outgoing calls.
    /// </summary>
    public static TBuilder ConfigureOpenTelemetry<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        // .NET 10 leaves the attributes of server spans to the instrumentation package unless told otherwise.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);

        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = QuietByDefault });
        builder.Services.AddSingleton<IStartupFilter, ServerSpans>();

        // Spans and log records that go nowhere would still be made for each request.
        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            builder.AddTelemetry();
        }

        return builder;
    }

    private static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        // .NET's own sources and meters: the instrumentation packages add nothing that is used here.
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter(
                "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http",
                "System.Runtime", "Platform.*"))
            .WithTracing(tracing => tracing
                .AddSource("Microsoft.AspNetCore", "System.Net.Http", "Platform.*")
                .AddProcessor(new ProbeFilter()))
            .UseOtlpExporter();
    }
}
