using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Platform.Hosting.Evidence;

/// <summary>The dashboard's telemetry in the archive that <c>aspire export</c> writes and a dashboard imports: OTLP JSON, a file for each service.</summary>
internal sealed class TelemetryArchive(string logs, string traces)
{
    private const int Limit = 10_000;

    public static async Task<TelemetryArchive> ReadAsync(Uri dashboard, string key, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = dashboard };
        http.DefaultRequestHeaders.Add("x-api-key", key);
        return new(await GetAsync("logs"), await GetAsync("traces"));

        Task<string> GetAsync(string signal) => http.GetStringAsync(new Uri($"/api/telemetry/{signal}?limit={Limit}", UriKind.Relative), cancellationToken);
    }

    public async Task WriteAsync(string path, Func<string, string> redact, CancellationToken cancellationToken)
    {
        await using var file = File.Create(path);
        using var archive = new ZipArchive(file, ZipArchiveMode.Create);
        await AddAsync(archive, redact(logs), "resourceLogs", "structuredlogs", cancellationToken);
        await AddAsync(archive, redact(traces), "resourceSpans", "traces", cancellationToken);
    }

    private static async Task AddAsync(ZipArchive archive, string answer, string list, string folder, CancellationToken cancellationToken)
    {
        foreach (var service in (JsonNode.Parse(answer)?["data"]?[list] as JsonArray ?? []).GroupBy(NameOf))
        {
            await using var entry = await archive.CreateEntry($"{folder}/{service.Key}.json").OpenAsync(cancellationToken);
            await using var writer = new System.Text.Json.Utf8JsonWriter(entry);
            new JsonObject { [list] = new JsonArray([.. service.Select(item => item?.DeepClone())]) }.WriteTo(writer);
        }
    }

    private static string NameOf(JsonNode? item) => (item?["resource"]?["attributes"] as JsonArray ?? [])
        .FirstOrDefault(attribute => (string?)attribute?["key"] == "service.name")?["value"]?["stringValue"] is { } name ? $"{name}" : "unknown";
}
