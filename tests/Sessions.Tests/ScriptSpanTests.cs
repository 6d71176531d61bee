using System.Collections.Concurrent;
using System.Diagnostics;

namespace Platform.Sessions.Tests;

public sealed class ScriptSpanTests(SessionsFixture sessions) : IClassFixture<SessionsFixture>
{
    [Fact]
    public async Task What_begins_or_ends_a_session_has_a_span_and_what_comes_with_each_call_has_none()
    {
        using var source = new ActivitySource("Scripts.Test");
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = heard => heard.Name is "Scripts.Test" or "Platform.Sessions",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var request = source.StartActivity("request")!;

        var handle = await sessions.CreateAsync(sessions.Record());
        var session = await sessions.Store.FindAsync(handle, TestContext.Current.CancellationToken);
        await sessions.Store.TouchAsync(session!, TestContext.Current.CancellationToken);
        await sessions.EndAsync(handle);

        var scripts = spans.Where(span => span.TraceId == request.TraceId && span.Kind is ActivityKind.Client).ToList();
        Assert.Equal(["EVALSHA create", "EVALSHA end"], scripts.Select(span => span.DisplayName));
        Assert.All(scripts, span => Assert.Equal(request.SpanId, span.ParentSpanId));
        Assert.Equal(
            [("db.system.name", "redis"), ("db.operation.name", "EVALSHA"), ("db.stored_procedure.name", "create")],
            scripts[0].TagObjects.Select(tag => (tag.Key, (string)tag.Value!)));
    }
}
