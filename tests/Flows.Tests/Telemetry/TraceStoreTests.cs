using Platform.Flows.Telemetry;
using Platform.ServiceDefaults.Telemetry;

namespace Platform.Flows.Tests.Telemetry;

public sealed class TraceStoreTests
{
    [Fact]
    public void Traces_that_a_link_joins_are_found_by_each_of_their_ids()
    {
        var store = new TraceStore();
        var request = Spans.Request(1, "idp", "/authorize");
        store.Add([Spans.Request(2, "bff", "/auth/login"), Spans.Make(2, "idp", SpanKind.Server) with { Links = [new(request.TraceId, request.SpanId)] }, request]);

        Assert.Equal(3, store.Find(Spans.TraceId(1))!.Spans.Count);
        Assert.Equal(3, store.Find(Spans.TraceId(2))!.Spans.Count);
        Assert.Single(store.All());
    }

    [Fact]
    public void Traces_of_the_same_flow_id_are_joined_and_those_of_another_are_not()
    {
        var store = new TraceStore();
        store.Add(Enumerable.Range(1, 3).Select(trace => Spans.Request(trace, "bff", "/auth/logout", attributes: (ProtocolAttributes.FlowId, trace == 3 ? "other" : "same"))));

        Assert.Equal(2, store.Find(Spans.TraceId(1))!.Spans.Count);
        Assert.Single(store.Find(Spans.TraceId(3))!.Spans);
    }

    [Fact]
    public void A_span_that_comes_again_counts_once_and_changes_nothing()
    {
        var store = new TraceStore();
        var span = Spans.Request(1, "bff", "/auth/login");
        store.Add([span]);
        var version = store.Version;

        store.Add([span]);

        Assert.Equal(version, store.Version);
        Assert.Single(store.Find(span.TraceId)!.Spans);
    }

    [Fact]
    public void Forwarded_calls_are_forgotten_before_a_sign_in()
    {
        var store = new TraceStore(capacity: 10);
        store.Add([Spans.Request(1, "bff", "/auth/login")]);

        store.Add(Enumerable.Range(2, 50).Select(trace => Spans.Request(trace, "bff", "/api/contacts")));

        Assert.NotNull(store.Find(Spans.TraceId(1)));
        Assert.Null(store.Find(Spans.TraceId(2)));
        Assert.NotNull(store.Find(Spans.TraceId(51)));
        Assert.InRange(store.All().Count, 1, 10);
    }

    [Fact]
    public void Of_many_sign_ins_the_oldest_are_forgotten_with_what_joined_them()
    {
        var store = new TraceStore(capacity: 10);
        for (var trace = 1; trace <= 100; trace += 2)
        {
            var request = Spans.Request(trace, "idp", "/authorize", attributes: (ProtocolAttributes.FlowId, $"flow-{trace}"));
            store.Add([request, Spans.Request(trace + 1, "bff", "/auth/login") with { Links = [new(request.TraceId, request.SpanId)] }]);
        }

        Assert.Null(store.Find(Spans.TraceId(1)));
        Assert.Equal(2, store.Find(Spans.TraceId(100))!.Spans.Count);
        Assert.InRange(store.All().Sum(joined => joined.Spans.Count), 1, 10);
    }

    [Fact]
    public void A_trace_without_end_is_cut()
    {
        var store = new TraceStore();
        store.Add(Enumerable.Range(0, 5000).Select(start => Spans.Request(1, "bff", "/auth/login", start)));

        Assert.Equal(2000, store.Find(Spans.TraceId(1))!.Spans.Count);
    }
}
