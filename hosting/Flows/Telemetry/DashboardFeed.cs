using System.Net;
using System.Text;
using Microsoft.Extensions.Options;

namespace Platform.Flows.Telemetry;

/// <summary>
/// Follows the spans of the dashboard's telemetry API: first those that it has, then each as it comes, a line each. When the
/// dashboard goes away, it is asked again until it is back; what was read before stays.
/// </summary>
internal sealed partial class DashboardFeed(
    HttpClient http, TraceStore traces, FeedState state, IOptions<DashboardOptions> options, TimeProvider clock, ILogger<DashboardFeed> logger)
    : BackgroundService
{
    private const int LongestLine = 4 * 1024 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Address is not { } dashboard)
        {
            state.Problem = "there is no dashboard: `./platform run` brings it, and so does the Aspire CLI";
            return;
        }

        var pause = Shortest;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(dashboard, () => pause = Shortest, stoppingToken);
                Lost("the dashboard closed the connection");
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception away) when (away is HttpRequestException or IOException or OperationCanceledException or InvalidDataException)
            {
                Lost(away.Message);
            }

            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause + pause < Longest ? pause + pause : Longest;
        }
    }

    private async Task FollowAsync(Uri dashboard, Action connected, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(dashboard, "api/telemetry/spans?follow=true"));
        if (options.Value.ApiKey is { Length: > 0 } key)
        {
            request.Headers.Add("x-api-key", key);
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode is not HttpStatusCode.OK)
        {
            throw new InvalidDataException(Explain(response.StatusCode));
        }

        connected();
        state.Problem = null;
        LogFollowing(dashboard);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken), Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length is > 0 and <= LongestLine)
            {
                traces.Add(OtlpReader.Read(Encoding.UTF8.GetBytes(line)));
            }
        }
    }

    private static string Explain(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => "the dashboard refused the key: Dashboard:ApiKey must be its API key (AppHost:DashboardApiKey)",
        HttpStatusCode.NotFound => "the dashboard has no telemetry API: it needs Aspire 13.2 or newer, with DASHBOARD__API__ENABLED=true",
        _ => $"the dashboard answered {(int)status}",
    };

    private void Lost(string problem)
    {
        if (state.Problem != problem)
        {
            LogLost(options.Value.Address!, problem);
        }

        state.Problem = problem;
    }

    [LoggerMessage(LogLevel.Information, "Reading traces from {Address}.")]
    private partial void LogFollowing(Uri address);

    [LoggerMessage(LogLevel.Warning, "No traces come from {Address} at present: {Problem}.")]
    private partial void LogLost(Uri address, string problem);
}
