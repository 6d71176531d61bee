using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Platform.ServiceDefaults.Kafka;

namespace Platform.ServiceDefaults.Tests.Kafka;

public sealed class KafkaTraceContextTests
{
    [Fact]
    public void What_was_injected_is_extracted()
    {
        using var activity = new Activity("publish").SetIdFormat(ActivityIdFormat.W3C).Start();
        activity.TraceStateString = "vendor=1";
        var headers = new Headers();

        KafkaTraceContext.Inject(activity, headers);
        var context = KafkaTraceContext.Extract(headers);

        Assert.Equal(activity.TraceId, context.TraceId);
        Assert.Equal(activity.SpanId, context.SpanId);
        Assert.Equal("vendor=1", context.TraceState);
        Assert.True(context.IsRemote);
    }

    [Fact]
    public void No_activity_leaves_no_header()
    {
        var headers = new Headers();

        KafkaTraceContext.Inject(null, headers);

        Assert.Empty(headers);
    }

    [Fact]
    public void A_broken_header_is_no_context() =>
        Assert.Equal(default, KafkaTraceContext.Extract([new Header("traceparent", Encoding.ASCII.GetBytes("00-junk"))]));
}
