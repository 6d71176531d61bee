using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Platform.Tests.Dashboard;

/// <summary>Aspire's dashboard of a running topology: where it is, and the traces that it has.</summary>
internal sealed class DashboardTelemetry : IDisposable
{
    private readonly HttpClient _http;
    private readonly string? _token;

    public DashboardTelemetry(IConfiguration configuration)
    {
        Address = configuration["ASPNETCORE_URLS"]?.Split(';')[0] ?? "http://localhost";
        _token = configuration["AppHost:BrowserToken"];
        _http = new HttpClient { BaseAddress = new Uri(Address) };
        _http.DefaultRequestHeaders.Add("x-api-key", configuration["AppHost:DashboardApiKey"]);
    }

    /// <summary>Whether the topology has a dashboard: its token exists only then.</summary>
    public bool IsThere => _token is not null;

    public string Address { get; }

    public string LoginUrl => $"{Address}/login?t={_token}";

    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(LoginUrl, cancellationToken);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>The id of a trace that has spans of these names, and the services that these spans are of.</summary>
    public async Task<Trace?> FindTraceAsync(IReadOnlyCollection<string> spans, CancellationToken cancellationToken)
    {
        var answer = await _http.GetFromJsonAsync<JsonElement>("/api/telemetry/spans?limit=10000", cancellationToken);
        return Spans(answer)
            .GroupBy(span => span.TraceId)
            .Where(trace => spans.All(name => trace.Any(span => span.Name == name)))
            .Select(trace => new Trace(trace.Key, trace.Select(span => span.Service).ToHashSet(StringComparer.Ordinal)))
            .FirstOrDefault();
    }

    /// <summary>All spans, as the dashboard answers them.</summary>
    public Task<string> SpansAsync(CancellationToken cancellationToken) =>
        _http.GetStringAsync("/api/telemetry/spans?limit=10000", cancellationToken);

    public void Dispose() => _http.Dispose();

    private static IEnumerable<(string TraceId, string Name, string Service)> Spans(JsonElement answer) =>
        from resource in Items(answer.GetProperty("data"), "resourceSpans")
        let service = Items(resource.GetProperty("resource"), "attributes")
            .First(attribute => attribute.GetProperty("key").GetString() == "service.name")
            .GetProperty("value").GetProperty("stringValue").GetString()
        from scope in Items(resource, "scopeSpans")
        from span in Items(scope, "spans")
        select (span.GetProperty("traceId").GetString()!, span.GetProperty("name").GetString()!, service);

    private static JsonElement.ArrayEnumerator Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var items) ? items.EnumerateArray() : default;

    public sealed record Trace(string Id, IReadOnlySet<string> Services);
}
