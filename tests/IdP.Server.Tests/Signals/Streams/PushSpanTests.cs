using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Platform.Testing;
using Platform.Tokens.SecurityEvents;

namespace Platform.IdP.Tests.Signals.Streams;

/// <summary>What the span of a push says of it (RFC 8935).</summary>
public sealed class PushSpanTests(StreamsServer server) : IClassFixture<StreamsServer>
{
    private const string Header = "Bearer what-the-receiver-wants-to-see-on-no-span";
    private const string Secret = "what-a-receiver-says-may-be-a-secret";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(202, null, null, null)]
    [InlineData(400, $$"""{"err":"invalid_audience","description":"{{Secret}}"}""", "invalid_audience", "the receiver refused the event, which is among the dead letters")]
    [InlineData(400, """{"err":"invalid_key"}""", "invalid_key", "the receiver refused the event, which is tried again")]
    [InlineData(400, $$"""{"err":"{{Secret}}"}""", "_OTHER", "the receiver refused the event, which is among the dead letters")]
    [InlineData(403, null, "push_failed", "the event waits: it answered 403")]
    [InlineData(400, $$"""{"err":"access_denied","description":"{{Secret}}"}""", "access_denied", "the receiver does not let this transmitter in, and the event waits")]
    public async Task A_push_says_what_was_sent_and_why_it_was_not_taken(int status, string? body, string? error, string? reason)
    {
        using var spans = new SpanRecorder(IdpTelemetry.Name);
        using var receiver = new Receiver(server);
        var (_, endpoint) = await receiver.CreatePushAsync($"/spans-{status}-{body?.Length}", authorization: Header);
        endpoint.Answer = (status, body);
        using (new Activity("what is done").SetParentId(spans.TraceParent).Start())
        {
            await server.RaiseAsync();
        }

        var pushed = await endpoint.NextAsync();
        var span = await spans.EndedAsync(ended => Equals(ended.GetTagItem("platform.flow.id"), FlowOf(pushed.Token)), 1, Cancelled);

        Assert.Equal((error, reason), ((string?)span.GetTagItem("error.type"), (string?)span.GetTagItem("platform.refusal.reason")));
        Assert.Equal(EventTypes.SessionRevoked, span.GetTagItem("platform.request.event_type"));
        Assert.Equal("[redacted]", span.GetTagItem("platform.request.sub_id"));
        Assert.Equal("push event", span.OperationName);
        foreach (var told in span.TagObjects.Select(tag => $"{tag.Value}"))
        {
            Assert.DoesNotContain(Secret, told, StringComparison.Ordinal);
            Assert.DoesNotContain("on-no-span", told, StringComparison.Ordinal);
            Assert.DoesNotContain(pushed.Token, told, StringComparison.Ordinal);
        }
    }

    // What the receiver can say too, and nobody else.
    private string FlowOf(string set) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"event\n{server.Verify(set).GetProperty("jti").GetString()}")).AsSpan(0, 8));
}
