using System.Collections.Concurrent;
using System.Diagnostics;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Protocol;

public sealed class TraceTests(IdpServer server) : IClassFixture<IdpServer>
{
    [Fact]
    public async Task The_browsers_requests_continue_the_trace_of_the_pushed_request()
    {
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == IdpTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var portal = new Portal(server);
        var trace = ActivityTraceId.CreateRandom();
        portal.Backchannel.DefaultRequestHeaders.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");

        await portal.GetCodeAsync();

        var spans = ended.Where(activity => activity.TraceId == trace).ToList();
        Assert.Equal(["authorize", "login page", "login"], spans.Select(activity => activity.OperationName));
        Assert.All(spans, span => Assert.Equal(ActivityKind.Server, span.Kind));
        Assert.All(spans, span => Assert.NotEqual(trace, Assert.Single(span.Links).Context.TraceId));
    }
}
