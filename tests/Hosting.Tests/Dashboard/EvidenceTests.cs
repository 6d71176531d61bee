using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Hosting.Evidence;
using Platform.Hosting.Tests.Supervision;

namespace Platform.Hosting.Tests.Dashboard;

/// <summary>What a topology leaves of a test that failed.</summary>
public sealed class EvidenceTests
{
    private readonly string _test = $"evidence of {Guid.NewGuid():n}(path: \"a/b\")";

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task The_failure_and_the_console_output_stand_in_a_folder_of_the_test()
    {
        await using var application = new Application();
        application.AddShell("tool", @"printf '\033[32msaid\033[0m\n'; echo cried >&2; exec sleep 1000");
        await application.StartAsync();
        await application.WaitForLineAsync("tool", "said");
        await application.WaitForLineAsync("tool", "cried");

        var folder = await KeepAsync(application);

        Assert.EndsWith("path___a_b__", folder, StringComparison.Ordinal);
        Assert.Equal("evidence", Path.GetFileName(Path.GetDirectoryName(folder)));
        var lines = await File.ReadAllLinesAsync(Path.Combine(folder, "consolelogs", "tool.txt"), Deadline.Token);
        Assert.Equal(["said", "stderr: cried"], lines.Order());
        Assert.Equal($"{_test}\nit broke\n", await File.ReadAllTextAsync(Path.Combine(folder, "failure.txt"), Deadline.Token));
        Assert.Equal(["consolelogs", "failure.txt"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order());
        Directory.Delete(folder, recursive: true);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task No_secret_of_the_application_or_of_the_test_stands_there_and_no_token()
    {
        const string Token = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl";
        await using var application = new Application("--Parameters:word=open-sesame", "--Hosting:Redis=redis-server");
        var cache = application.Builder.AddRedis("cache");
        application.AddShell("tool", $"echo \"$WORD, $PASSWORD, {Token}, learnt\"; echo done; exec sleep 1000")
            .WithEnvironment("WORD", application.Builder.AddParameter("word", secret: true))
            .WithEnvironment("PASSWORD", cache.Resource.PasswordParameter!);
        await application.StartAsync();
        await application.WaitForLineAsync("tool", "done");

        var folder = await KeepAsync(application, text => text.Replace("learnt", "[secret]", StringComparison.Ordinal));

        Assert.Equal("[redacted], [redacted], [redacted], [secret]", (await File.ReadAllLinesAsync(Path.Combine(folder, "consolelogs", "tool.txt"), Deadline.Token))[0]);
        Directory.Delete(folder, recursive: true);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task What_an_earlier_run_left_is_gone()
    {
        await using var application = new Application();
        application.AddShell("tool", "echo said; exec sleep 1000");
        await application.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(await KeepAsync(application), "old.txt"), "", Deadline.Token);

        var folder = await KeepAsync(application);

        Assert.False(File.Exists(Path.Combine(folder, "old.txt")));
        Directory.Delete(folder, recursive: true);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task The_telemetry_is_there_in_a_form_that_a_dashboard_imports()
    {
        await using var application = new Application([], dashboard: true);
        var location = DashboardLocation.Find(application.Builder.Configuration, application.Builder.AppHostAssembly);
        Assert.SkipUnless(location is DashboardLocation.Found, (location as DashboardLocation.Missing)?.Reason ?? "");
        application.AddShell("tool", "exec sleep 1000");
        await application.StartAsync();
        var configuration = application.Running.Services.GetRequiredService<IConfiguration>();
        const string TraceId = "0af7651916cd43dd8448eb211c80319c";
        await SendSpanAsync(new Uri(configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"]!), configuration["AppHost:OtlpApiKey"]!, TraceId);

        var folder = await KeepAsync(application);

        using (var archive = await ZipFile.OpenReadAsync(Path.Combine(folder, "telemetry.zip"), Deadline.Token))
        {
            await using var traces = await archive.GetEntry("traces/checkout.json")!.OpenAsync(Deadline.Token);
            using var otlp = await JsonDocument.ParseAsync(traces, cancellationToken: Deadline.Token);
            var span = otlp.RootElement.GetProperty("resourceSpans")[0].GetProperty("scopeSpans")[0].GetProperty("spans")[0];
            Assert.Equal(TraceId, span.GetProperty("traceId").GetString());
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task<string> KeepAsync(Application application, Func<string, string>? redact = null)
    {
        var evidence = await TopologyEvidence.CollectAsync(application.Running, Deadline.Token);
        return await evidence.WriteAsync(_test, "it broke", redact, Deadline.Token);
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
