using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Run;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Platform.Hosting.Tests.Dashboard;

/// <summary>Aspire's own dashboard, where the machine has one, in front of an application with one resource.</summary>
public sealed class RealDashboardTests : IAsyncLifetime
{
    private readonly Calls _calls = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private DirectoryInfo? _profile;
    private DistributedApplication _application = null!;
    private IConfiguration _configuration = null!;
    private Uri _frontEnd = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = DistributedApplicationTestingBuilder.Create([], (options, _) => options.DisableDashboard = false);
        var location = DashboardLocation.Find(builder.Configuration, builder.AppHostAssembly);
        Assert.SkipUnless(location is DashboardLocation.Found, (location as DashboardLocation.Missing)?.Reason ?? "");

        builder.Services.AddLogging(logging => logging.AddProvider(_calls).AddFilter<Calls>(null, LogLevel.Debug));
        builder.AddExecutable("sleeper", "sleep", "/", "1000");
        _application = await builder.BuildAsync(Cancellation);
        await _application.StartAsync(Cancellation);
        _configuration = _application.Services.GetRequiredService<IConfiguration>();
        _frontEnd = new(_configuration["ASPNETCORE_URLS"]!);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }

        _profile?.Delete(recursive: true);
    }

    [Fact]
    public async Task Lets_in_who_has_the_token()
    {
        using var stranger = await _http.GetAsync(_frontEnd, Cancellation);
        Assert.StartsWith("/login", stranger.Headers.Location?.PathAndQuery, StringComparison.Ordinal);

        using var welcome = await _http.GetAsync(new Uri(_frontEnd, $"/login?t={_configuration["AppHost:BrowserToken"]}"), Cancellation);
        Assert.Equal("/", welcome.Headers.Location?.OriginalString);
        using var page = await _http.GetAsync(_frontEnd, Cancellation);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Asks_the_feed_for_the_resources_once_somebody_looks()
    {
        var chromium = Executables.Find("chromium", "/");
        Assert.SkipWhen(chromium is null, "chromium is not on the PATH");
        var page = new Uri(_frontEnd, $"/login?t={_configuration["AppHost:BrowserToken"]}");
        _profile = Directory.CreateTempSubdirectory("dashboard-browser-");
        using var browser = Process.Start(new ProcessStartInfo(
            chromium, ["--headless", "--no-sandbox", "--remote-debugging-port=0", $"--user-data-dir={_profile.FullName}", $"{page}"])
        { RedirectStandardError = true })!;
        try
        {
            await _calls.WaitForAsync("/aspire.v1.DashboardService/WatchResources", Cancellation);
        }
        finally
        {
            browser.Kill(entireProcessTree: true);
            await browser.WaitForExitAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task Takes_telemetry_of_who_has_the_key_and_gives_it_to_who_has_the_other()
    {
        var traceId = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());
        var traces = new Uri(_configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] + "/v1/traces");
        using var refused = await PostAsync(traces, "wrong", traceId);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var taken = await PostAsync(traces, _configuration["AppHost:OtlpApiKey"]!, traceId);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);

        var api = new Uri(_frontEnd, "/api/telemetry/traces");
        using var unknown = await _http.GetAsync(api, Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Get, api) { Headers = { { "x-api-key", _configuration["AppHost:DashboardApiKey"] } } };
        using var answer = await _http.SendAsync(request, Cancellation);
        Assert.Contains(traceId, await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> PostAsync(Uri address, string key, string traceId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Headers = { { "x-otlp-api-key", key } },
            Content = JsonContent.Create(JsonDocument.Parse($$$"""
                {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"tests"}}]},"scopeSpans":[{"scope":{"name":"tests"},
                "spans":[{"traceId":"{{{traceId}}}","spanId":"0102030405060708","name":"span","kind":1,"startTimeUnixNano":"1","endTimeUnixNano":"2"}]}]}]}
                """)),
        };
        return await _http.SendAsync(request, Cancellation);
    }

    /// <summary>Which methods of the feed were called, from the log.</summary>
    private sealed class Calls : ILoggerProvider, ILogger
    {
        private readonly ConcurrentDictionary<string, TaskCompletionSource> _seen = new();

        public Task WaitForAsync(string method, CancellationToken cancellationToken) => Of(method).Task.WaitAsync(cancellationToken);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            const string Call = "The dashboard calls ";
            var text = formatter(state, exception);
            if (text.StartsWith(Call, StringComparison.Ordinal))
            {
                Of(text[Call.Length..^1]).TrySetResult();
            }
        }

        public void Dispose()
        {
        }

        private TaskCompletionSource Of(string method) => _seen.GetOrAdd(method, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
