using System.Diagnostics;
using Microsoft.Extensions.Primitives;
using Platform.ServiceDefaults.Telemetry;

namespace Platform.ServiceDefaults.Tests.Telemetry;

public sealed class ProtocolSpanTests
{
    [Fact]
    public void A_request_its_checks_and_its_refusal_stand_on_the_current_span()
    {
        using var listener = Listen();
        using var span = new Activity("request").Start();

        ProtocolSpan.Request([new("client_id", "bff-server"), new("code", "the-secret"), new("scope", new StringValues(["a", "b"]))]);
        ProtocolSpan.Response(("error", "invalid_grant"), ("access_token", "the-secret"));
        ProtocolSpan.Passed("client authentication", "RFC 6749 section 2.3", "private_key_jwt");
        ProtocolSpan.Refused("invalid_grant", "the code has expired");

        Assert.Equal(
            [
                ("platform.request.client_id", "bff-server"), ("platform.request.code", "[redacted]"), ("platform.request.scope", "[redacted]"),
                ("platform.response.error", "invalid_grant"), ("platform.response.access_token", "[redacted]"),
                ("error.type", "invalid_grant"), ("platform.refusal.reason", "the code has expired"),
            ],
            span.TagObjects.Select(tag => (tag.Key, (string)tag.Value!)));
        var check = Assert.Single(span.Events);
        Assert.Equal("check", check.Name);
        Assert.Equal(
            [("platform.check.name", "client authentication, private_key_jwt"), ("platform.check.section", "RFC 6749 section 2.3")],
            check.Tags.Select(tag => (tag.Key, (string)tag.Value!)));
    }

    [Fact]
    public void Both_sides_of_a_flow_name_it_alike_and_what_they_know_is_not_in_it()
    {
        using var listener = Listen();
        Assert.Equal(Joined("logout", "the-session"), Joined("logout", "the-session"));
        Assert.NotEqual(Joined("logout", "the-session"), Joined("logout", "another"));
        Assert.NotEqual(Joined("logout", "the-session"), Joined("sign-in", "the-session"));
        Assert.Matches("^[0-9a-f]{16}$", Joined("logout", "the-session"));
        Assert.Null(Joined("logout", null));
    }

    [Fact]
    public void Parameters_without_end_and_reasons_without_end_are_cut()
    {
        using var listener = Listen();
        using var span = new Activity("request").Start();

        ProtocolSpan.Request(Enumerable.Range(0, 1000).Select(number => KeyValuePair.Create($"made-up-{number}", new StringValues("x"))));
        ProtocolSpan.Refused("invalid_request", new string('x', 5000));

        Assert.Equal(["platform.request.other", "error.type", "platform.refusal.reason"], span.TagObjects.Select(tag => tag.Key));
        Assert.Equal(1000, ((string)span.GetTagItem("platform.refusal.reason")!).Length);
    }

    [Fact]
    public void A_span_that_is_not_recorded_gets_nothing()
    {
        using var listener = Listen();
        using var span = new Activity("request") { IsAllDataRequested = false }.Start();

        ProtocolSpan.Refused("invalid_grant", "the code has expired");

        Assert.False(ProtocolSpan.IsRecorded);
        Assert.Empty(span.TagObjects);
    }

    private static string? Joined(string kind, string? known)
    {
        using var span = new Activity("request").Start();
        ProtocolSpan.Join(kind, known);
        return (string?)span.GetTagItem("platform.flow.id");
    }

    // As the exporter does.
    private static ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Platform.Protocol",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
