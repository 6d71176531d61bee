using System.Reflection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Platform.IdP.Operations;

/// <summary>The state of the server and of what it depends on, for administrators.</summary>
internal static class DiagnosticsEndpoint
{
    public const string Path = "/admin/diagnostics";
    private const string Scope = "diagnostics.read";

    private static readonly string Version =
        typeof(DiagnosticsEndpoint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    internal static async Task<IResult> Show(
        HttpRequest request, BearerAuthentication bearer, HealthCheckService health, KafkaLook kafka, IOptions<IdpOptions> options,
        TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await bearer.CheckClientAsync(request, Scope) is BearerCheck.Refused refused)
            return refused;

        var topics = kafka.TakeAsync(cancellationToken);
        var report = await health.CheckHealthAsync(cancellationToken);
        return TypedResults.Json(
            new DiagnosticsView(
                Version,
                options.Value.Issuer,
                clock.GetUtcNow(),
                report.Status.ToString(),
                [.. report.Entries.Select(entry => new CheckView(entry.Key, entry.Value.Status.ToString(), entry.Value.Description))],
                await topics),
            OperationsJson.Default.DiagnosticsView);
    }
}
