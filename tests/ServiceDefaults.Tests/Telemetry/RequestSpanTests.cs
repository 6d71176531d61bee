using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;

namespace Platform.ServiceDefaults.Tests.Telemetry;

public sealed class RequestSpanTests
{
    [Fact]
    public async Task A_request_has_its_route_and_status_on_its_span_and_never_its_query()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var service = await ServiceHost.StartAsync(map: app => app.MapGet("/things/{id}", () => "here"));
        using var http = new HttpClient { BaseAddress = service.Address };

        await http.GetStringAsync("/things/7?code=a-secret-code", TestContext.Current.CancellationToken);

        await Testing.Eventually.BecomesTrueAsync(() => spans.Any(Is("/things/7")), TestContext.Current.CancellationToken);
        var span = spans.First(Is("/things/7"));
        Assert.Equal("GET /things/{id}", span.DisplayName);
        Assert.Equal("/things/{id}", span.GetTagItem("http.route"));
        Assert.Equal(200, span.GetTagItem("http.response.status_code"));
        Assert.DoesNotContain(span.TagObjects, tag => $"{tag.Value}".Contains("a-secret-code", StringComparison.Ordinal));
    }

    private static Func<Activity, bool> Is(string path) => span => span.GetTagItem("url.path") is string value && value == path;
}
