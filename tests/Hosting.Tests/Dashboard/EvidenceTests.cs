using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Hosting.Evidence;
using Platform.Hosting.Tests.Supervision;

namespace Platform.Hosting.Tests.Dashboard;

/// <summary>What a topology leaves of a test that failed.</summary>
public sealed class EvidenceTests
{
    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task A_test_that_passed_leaves_nothing_and_one_that_failed_the_console_output()
    {
        await using var application = new Application();
        application.AddShell("tool", "echo said; echo cried >&2; exec sleep 1000");
        await application.StartAsync();
        await application.WaitForLineAsync("tool", "said");
        await application.WaitForLineAsync("tool", "cried");
        var test = $"evidence of {Guid.NewGuid():n}(path: \"a/b\")";

        Assert.Null(await TopologyEvidence.KeepAsync(application.Running, test, failed: false, Deadline.Token));
        var folder = await TopologyEvidence.KeepAsync(application.Running, test, failed: true, Deadline.Token);

        Assert.NotNull(folder);
        Assert.EndsWith("path___a_b__", folder, StringComparison.Ordinal);
        Assert.Equal("evidence", Path.GetFileName(Path.GetDirectoryName(folder)));
        var lines = await File.ReadAllLinesAsync(Path.Combine(folder, "consolelogs", "tool.txt"), Deadline.Token);
        Assert.Equal(["said", "stderr: cried"], lines.Order());
        Assert.Equal(["consolelogs"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName));
        Directory.Delete(folder, recursive: true);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task The_telemetry_is_there_in_a_form_that_a_dashboard_imports()
    {
        await using var application = new Application([], dashboard: true);
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var location = DashboardLocation.Find(application.Builder.Configuration, Environment.CurrentDirectory, home);
        Assert.SkipUnless(location is DashboardLocation.Found, (location as DashboardLocation.Missing)?.Reason ?? "");
        application.AddShell("tool", "exec sleep 1000");
        await application.StartAsync();
        var configuration = application.Running.Services.GetRequiredService<IConfiguration>();
        const string TraceId = "0af7651916cd43dd8448eb211c80319c";
        await SendSpanAsync(new Uri(configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"]!), configuration["AppHost:OtlpApiKey"]!, TraceId);

        var folder = await TopologyEvidence.KeepAsync(application.Running, $"telemetry {Guid.NewGuid():n}", failed: true, Deadline.Token);

        using (var archive = await ZipFile.OpenReadAsync(Path.Combine(folder!, "telemetry.zip"), Deadline.Token))
        {
            await using var traces = await archive.GetEntry("traces/checkout.json")!.OpenAsync(Deadline.Token);
            using var otlp = await JsonDocument.ParseAsync(traces, cancellationToken: Deadline.Token);
            var span = otlp.RootElement.GetProperty("resourceSpans")[0].GetProperty("scopeSpans")[0].GetProperty("spans")[0];
            Assert.Equal(TraceId, span.GetProperty("traceId").GetString());
        }

        Directory.Delete(folder!, recursive: true);
    }

    private static async Task SendSpanAsync(Uri otlp, string key, string traceId)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("x-otlp-api-key", key);
        using var answer = await http.PostAsJsonAsync(new Uri(otlp, "/v1/traces"), JsonDocument.Parse($$$"""
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"checkout"}}]},"scopeSpans":[{"scope":{"name":"tests"},
            "spans":[{"traceId":"{{{traceId}}}","spanId":"0102030405060708","name":"span","kind":1,"startTimeUnixNano":"1","endTimeUnixNano":"2"}]}]}]}
            """), Deadline.Token);
        answer.EnsureSuccessStatusCode();
    }
}
