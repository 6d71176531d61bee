using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Platform.Benchmarks.Drawing;

/// <summary>How long the service Flows, as it is shipped, takes to answer with the drawing of a flow.</summary>
internal sealed class FlowDrawing() : Measurement("flow", "a flow drawn: read out of its spans, laid out, and served")
{
    private const int Many = 500;
    private const int Few = 50;
    private static readonly TimeSpan Goal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly string ManyTrace = new('a', 32);
    private static readonly string FewTrace = new('b', 32);

    public override async Task<string> RunAsync(Effort effort, CancellationToken cancellationToken)
    {
        await using var telemetry = await TelemetryServer.StartAsync([MadeTrace.Of(ManyTrace, Many), MadeTrace.Of(FewTrace, Few)]);
        await using var flows = await ServerProcess.StartAsync("dotnet", [Built.Path("Flows")], new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["ASPNETCORE_CONTENTROOT"] = Path.GetDirectoryName(Built.Path("Flows"))!,
            ["Dashboard__Url"] = telemetry.Address,
        });
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{flows.Port}") };
        await ReadyAsync(http, cancellationToken);
        var first = await AskAsync(http, ManyTrace, cancellationToken);
        var (page, picture, small) = (new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>());
        for (var round = -effort.WarmUps * 5; round < effort.Drawings; round++)
        {
            // In turn: what else the machine does meets all alike.
            foreach (var (path, times) in ((string, List<TimeSpan>)[])[(ManyTrace, page), ($"{ManyTrace}.svg", picture), (FewTrace, small)])
            {
                var took = await AskAsync(http, path, cancellationToken);
                if (round >= 0)
                {
                    times.Add(took);
                }
            }
        }

        return Percentiles.Table(($"page, {Many} spans", page), ($"picture (SVG), {Many} spans", picture), ($"page, {Few} spans", small)) +
            string.Create(CultureInfo.InvariantCulture,
                $"\n\npage of {Many} spans: goal {Goal.TotalMilliseconds:0} ms: p50 {Verdict(Percentiles.Of(page, 0.5) < Goal)}, p99 {Verdict(Percentiles.Of(page, 0.99) < Goal)}; the first of all, which is compiled meanwhile, took {first.TotalMilliseconds:0} ms");
    }

    private static async Task<TimeSpan> AskAsync(HttpClient http, string path, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        _ = await http.GetByteArrayAsync($"/flows/{path}", cancellationToken);
        return Stopwatch.GetElapsedTime(began);
    }

    private static async Task ReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            using var response = await http.GetAsync($"/flows/{FewTrace}.json", patience.Token);
            if (response.StatusCode is HttpStatusCode.OK)
            {
                return;
            }

            await Task.Delay(Pause, TimeProvider.System, patience.Token);
        }
    }
}
