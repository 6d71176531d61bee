using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Run;

/// <summary>Asks how a process is. Every replica is asked at its own port; only what Aspire lets register by key knows no replicas.</summary>
internal sealed class HealthChecks(DeveloperCertificate certificate, HealthCheckService registered) : IDisposable
{
    private readonly HttpClient _http = new(certificate.CreateHandler());

    public static async Task<HealthReportSnapshot> ProbeAsync(
        string name, Func<int, CancellationToken, Task<string?>> probe, int port, CancellationToken cancellationToken)
    {
        try
        {
            var problem = await probe(port, cancellationToken);
            return new(name, problem is null ? HealthStatus.Healthy : HealthStatus.Unhealthy, problem, null);
        }
        catch (Exception failure) when (failure is IOException or System.Net.Sockets.SocketException or OperationCanceledException)
        {
            return new(name, HealthStatus.Unhealthy, failure.Message, null);
        }
    }

    public Task<HealthReportSnapshot> CheckAsync(
        HealthCheckAnnotation check, IReadOnlyDictionary<EndpointAnnotation, int> targets, CancellationToken cancellationToken) =>
        check is HttpHealthCheckAnnotation http ? GetAsync(http, targets, cancellationToken) : AskAsync(check.Key, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<HealthReportSnapshot> GetAsync(
        HttpHealthCheckAnnotation check, IReadOnlyDictionary<EndpointAnnotation, int> targets, CancellationToken cancellationToken)
    {
        var endpoint = check.Endpoint().EndpointAnnotation;
        var port = targets.TryGetValue(endpoint, out var own) ? own : endpoint.AllocatedEndpoint!.Port;
        var address = new Uri($"{endpoint.UriScheme}://{endpoint.TargetHost}:{port}{check.Path}");
        try
        {
            using var response = await _http.GetAsync(address, HttpCompletionOption.ResponseContentRead, cancellationToken);
            if ((int)response.StatusCode == check.StatusCode)
            {
                return new(check.Key, HealthStatus.Healthy, null, null);
            }

            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            return Unhealthy(check, $"GET {address} answered {(int)response.StatusCode} instead of {check.StatusCode}"
                + (body.Length is > 0 and <= 200 ? $": {body.ReplaceLineEndings(" ")}" : ""));
        }
        catch (HttpRequestException failure)
        {
            return Unhealthy(check, $"GET {address}: {failure.InnerException?.Message ?? failure.Message}");
        }
        catch (OperationCanceledException)
        {
            return Unhealthy(check, $"GET {address} was not answered in time");
        }
    }

    private async Task<HealthReportSnapshot> AskAsync(string key, CancellationToken cancellationToken)
    {
        var report = await registered.CheckHealthAsync(registration => registration.Name == key, cancellationToken);
        return report.Entries.TryGetValue(key, out var entry)
            ? new(key, entry.Status, entry.Description, entry.Exception?.Message)
            : new(key, HealthStatus.Unhealthy, $"No health check '{key}' is registered with builder.Services.AddHealthChecks().", null);
    }

    private static HealthReportSnapshot Unhealthy(HttpHealthCheckAnnotation check, string reason) =>
        new(check.Key, HealthStatus.Unhealthy, reason, null);
}
