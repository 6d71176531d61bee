using System.Collections;
using Aspire.Hosting.Run;

namespace Aspire.Hosting.Dashboard;

/// <summary>The process of the dashboard: what it is told, and when it is ready.</summary>
internal sealed class DashboardProcess(string program, DashboardSettings settings, Uri feed, Watchdog watchdog, TimeProvider clock)
{
    private const int Remembered = 12;
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMilliseconds(50);

    private readonly Queue<string> _lastLines = new();
    private ChildProcess? _process;

    public Task<int> Exited => _process!.Exited;

    /// <summary>What it said last.</summary>
    public string LastLines
    {
        get
        {
            lock (_lastLines)
            {
                return string.Join(" ", _lastLines);
            }
        }
    }

    public void Start() => _process = ChildProcess.Start(
        new(program, ["dashboard"], Path.GetDirectoryName(program)!) { Environment = Environment() }, watchdog, clock, (line, _) => Remember(line));

    /// <summary>True once it answers; false when it ended instead.</summary>
    public async Task<bool> WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var health = new Uri(settings.FrontEnd, "/health");
        while (!Exited.IsCompleted)
        {
            try
            {
                using var response = await http.GetAsync(health, cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    return true;
                }
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }

            await Task.Delay(BetweenQuestions, clock, cancellationToken);
        }

        return false;
    }

    public Task StopAsync(CancellationToken impatience) => _process?.StopAsync(impatience) ?? Task.CompletedTask;

    private Dictionary<string, string> Environment()
    {
        // What configures ASP.NET Core, the AppHost or its services has nothing to say here.
        var all = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(entry => !IsConfiguration((string)entry.Key))
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
        foreach (var (name, value) in new[]
        {
            ("ASPNETCORE_URLS", settings.FrontEnd.OriginalString),
            ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", settings.OtlpGrpc.OriginalString),
            ("ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", settings.OtlpHttp.OriginalString),
            ("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", feed.OriginalString),
            ("ASPIRE_ALLOW_UNSECURED_TRANSPORT", "true"),
            ("ASPIRE_DASHBOARD_TELEMETRY_OPTOUT", "true"),
            // The feed is on this machine, whatever proxy leads out of it.
            ("no_proxy", "localhost,127.0.0.1"),
            ("DASHBOARD__RESOURCESERVICECLIENT__AUTHMODE", "ApiKey"),
            ("DASHBOARD__RESOURCESERVICECLIENT__APIKEY", settings.FeedKey),
            ("DASHBOARD__FRONTEND__AUTHMODE", "BrowserToken"),
            ("DASHBOARD__FRONTEND__BROWSERTOKEN", settings.BrowserToken),
            ("DASHBOARD__OTLP__AUTHMODE", "ApiKey"),
            ("DASHBOARD__OTLP__PRIMARYAPIKEY", settings.OtlpKey),
            ("DASHBOARD__API__ENABLED", "true"),
            ("DASHBOARD__API__AUTHMODE", "ApiKey"),
            ("DASHBOARD__API__PRIMARYAPIKEY", settings.ApiKey),
        })
        {
            all[name] = value;
        }

        return all;
    }

    private static bool IsConfiguration(string name) =>
        ((string[])["ASPNETCORE_", "DOTNET_", "ASPIRE_", "DASHBOARD_", "LOGGING_", "KESTREL_", "OTEL_"])
            .Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private void Remember(string line)
    {
        lock (_lastLines)
        {
            _lastLines.Enqueue(line.Trim());
            if (_lastLines.Count > Remembered)
            {
                _lastLines.Dequeue();
            }
        }
    }
}
