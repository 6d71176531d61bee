using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run;

/// <summary>The variables that OpenTelemetry's SDKs read, as Aspire sets them.</summary>
internal static class TelemetryEnvironment
{
    public static IEnumerable<(string Name, string Value)> For(
        IResource resource, string instanceId, OtlpExporterAnnotation exporter, DashboardAddresses? dashboard, bool isDevelopment)
    {
        yield return ("OTEL_SERVICE_NAME", resource.Name);
        yield return ("OTEL_RESOURCE_ATTRIBUTES", $"service.instance.id={instanceId[(resource.Name.Length + 1)..]}");
        if (dashboard is not null)
        {
            yield return ("OTEL_EXPORTER_OTLP_ENDPOINT", dashboard.OtlpEndpoint.OriginalString.TrimEnd('/'));
            yield return ("OTEL_EXPORTER_OTLP_PROTOCOL", exporter.RequiredProtocol switch
            {
                OtlpProtocol.Grpc => "grpc",
                OtlpProtocol.HttpProtobuf => "http/protobuf",
                _ => dashboard.OtlpProtocol
            });
            yield return ("OTEL_EXPORTER_OTLP_HEADERS", $"x-otlp-api-key={dashboard.OtlpApiKey}");
        }

        yield return ("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        if (!isDevelopment)
        {
            yield break;
        }

        // Prompt rather than economical: somebody is looking.
        yield return ("OTEL_BLRP_SCHEDULE_DELAY", "1000");
        yield return ("OTEL_BSP_SCHEDULE_DELAY", "1000");
        yield return ("OTEL_METRIC_EXPORT_INTERVAL", "1000");
        yield return ("OTEL_TRACES_SAMPLER", "always_on");
        yield return ("OTEL_METRICS_EXEMPLAR_FILTER", "trace_based");
    }
}
