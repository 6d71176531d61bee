using Platform.Flows.Model;
using Platform.Flows.Telemetry;
using Platform.ServiceDefaults.Telemetry;

namespace Platform.Flows.Tests.Model;

public sealed class FlowReaderTests
{
    [Fact]
    public void A_sign_in_goes_from_the_browser_to_the_session()
    {
        var flow = Recordings.Flow("sign-in");

        Assert.Equal((FlowKind.SignIn, FlowOutcome.Done, "Sign-in"), (flow.Kind, flow.Outcome, flow.Title));
        Assert.Equal(["Browser", "BFF", "IdP", "Redis"], flow.Participants);
        Assert.Equal(
            ["Browser → BFF GET /auth/login 303", "BFF → IdP POST /par 201", "Browser → IdP GET /authorize 303", "Browser → IdP GET /login 200",
             "Browser → IdP POST /login 303", "Browser → BFF GET /auth/callback 303", "BFF → IdP POST /token 200", "BFF → Redis script create "],
            flow.Steps.Select(step => $"{step.From} → {step.To} {step.Label} {step.Status}"));
        Assert.Contains(new Parameter("response_type", "code"), flow.Steps[1].Request);
        Assert.Contains(new Parameter("state", "[redacted]"), flow.Steps[1].Request);
        Assert.Contains(flow.Steps[5].Checks, check => check.Name.StartsWith("ID token", StringComparison.Ordinal));
    }

    [Fact]
    public void A_refusal_stands_in_its_place_with_cause_and_fix()
    {
        var flow = Recordings.Flow("refusal");

        Assert.Equal((FlowKind.SignIn, FlowOutcome.Refused), (flow.Kind, flow.Outcome));
        var refusal = Assert.Single(flow.Steps).Refusal!;
        Assert.Equal(("invalid_request", "redirect_uri is not registered for this client."), (refusal.Error, refusal.Reason));
        Assert.Contains("clients.yaml", refusal.Advice!.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_revocation_goes_by_Kafka_and_the_consumer_to_every_replica()
    {
        var flow = Recordings.Flow("revocation");

        Assert.Equal((FlowKind.Revocation, FlowOutcome.Done), (flow.Kind, flow.Outcome));
        Assert.Equal(["Client", "BFF", "IdP", "Kafka", "Consumer", "Redis"], flow.Participants);
        Assert.Equal(2, flow.Steps.Count(step => step is { From: "Redis", To: "BFF", Label: "sessions.ended" }));
    }

    [Theory]
    [InlineData("call", FlowKind.Call)]
    [InlineData("files", FlowKind.Other)]
    public void Calls_and_files_are_quiet(string recording, FlowKind kind)
    {
        var flow = Recordings.Flow(recording);

        Assert.Equal(kind, flow.Kind);
        Assert.True(flow.IsQuiet);
    }

    [Fact]
    public void A_call_that_needs_a_new_access_token_is_a_refresh()
    {
        var call = Spans.Request(1, "bff", "/api/contacts");
        var post = Spans.Make(1, "bff", SpanKind.Client, 1, call.SpanId, (Names.Method, "POST"));

        var flow = FlowReader.Read([call, post, Spans.Request(1, "idp", "/token", 2, post.SpanId, (ProtocolAttributes.Request + "grant_type", "refresh_token"))])!;

        Assert.Equal((FlowKind.Refresh, false), (flow.Kind, flow.IsQuiet));
        Assert.Equal(["Browser → BFF", "BFF → IdP"], flow.Steps.Select(step => $"{step.From} → {step.To}"));
    }

    [Fact]
    public void A_call_whose_trace_context_is_not_believed_is_known_by_its_flow_id()
    {
        var asked = Spans.Request(1, "idp", "/end_session");
        var told = Spans.Make(1, "idp", SpanKind.Internal, 1, asked.SpanId, (ProtocolAttributes.FlowId, "0123456789abcdef"));
        var post = Spans.Make(1, "idp", SpanKind.Client, 1, told.SpanId, (Names.Method, "POST"));
        var taken = Spans.Request(2, "bff", "/auth/backchannel-logout", 2, null, (ProtocolAttributes.FlowId, "0123456789abcdef"));

        Assert.Equal(["Browser → IdP", "IdP → BFF"], FlowReader.Read([asked, told, post, taken])!.Steps.Select(step => $"{step.From} → {step.To}"));
    }

    [Fact]
    public void What_a_request_of_the_same_flow_calls_is_not_taken_for_the_caller_of_another()
    {
        var logout = Spans.Request(1, "bff", "/auth/logout", attributes: (ProtocolAttributes.FlowId, "0123456789abcdef"));
        var script = Spans.Make(1, "bff", SpanKind.Client, 1, logout.SpanId, (Names.Database, "redis"), (Names.Procedure, "end"));
        var post = Spans.Make(1, "bff", SpanKind.Client, 1, logout.SpanId, (Names.Method, "POST"), (Names.Server, "idp"));
        var page = Spans.Request(2, "idp", "/end_session", 2, null, (ProtocolAttributes.FlowId, "0123456789abcdef"));

        Assert.Equal(
            ["Browser → BFF", "BFF → Redis", "BFF → idp", "Browser → IdP"],
            FlowReader.Read([logout, script, post, page])!.Steps.Select(step => $"{step.From} → {step.To}"));
    }

    [Fact]
    public void An_event_that_is_refused_after_all_is_a_refusal_though_the_caller_was_answered_202()
    {
        var asked = Spans.Request(1, "idp", "/admin/events", attributes: (Names.UserAgent, "curl/8"));
        var sent = Spans.Make(1, "idp", SpanKind.Producer, 1, asked.SpanId, (Names.Messaging, "kafka"), (Names.Destination, "caep.events"));
        var taken = Spans.Make(1, "caep", SpanKind.Consumer, 2, sent.SpanId,
            (Names.Messaging, "kafka"), (ProtocolAttributes.Error, "invalid_key"), (ProtocolAttributes.Reason, "no key fits"));

        var flow = FlowReader.Read([asked, sent, taken])!;

        Assert.Equal((FlowKind.Event, FlowOutcome.Refused), (flow.Kind, flow.Outcome));
        Assert.Equal(["Client → IdP", "IdP → Kafka", "Kafka → Consumer"], flow.Steps.Select(step => $"{step.From} → {step.To}"));
    }

    [Fact]
    public void A_pushed_event_goes_to_its_receiver_with_its_message_whether_that_is_one_of_ours_or_not()
    {
        var asked = Spans.Request(1, "idp", "/admin/events", attributes: (Names.UserAgent, "curl/8"));
        var ours = Spans.Make(1, "idp", SpanKind.Internal, 1, asked.SpanId, (ProtocolAttributes.FlowId, "aa"), (ProtocolAttributes.Request + "event_type", "a-type"));
        var call = Spans.Make(1, "idp", SpanKind.Client, 2, ours.SpanId, (Names.Method, "POST"), (Names.Server, "localhost"));
        var taken = Spans.Request(2, "caep", "/events", 3, attributes: (ProtocolAttributes.FlowId, "aa"));
        var others = Spans.Make(1, "idp", SpanKind.Internal, 4, asked.SpanId,
            (ProtocolAttributes.FlowId, "bb"), (ProtocolAttributes.Request + "event_type", "a-type"),
            (ProtocolAttributes.Error, "invalid_key"), (ProtocolAttributes.Reason, "no key fits"));
        var elsewhere = Spans.Make(1, "idp", SpanKind.Client, 5, others.SpanId, (Names.Method, "POST"), (Names.Server, "receiver.example"));

        var flow = FlowReader.Read([asked, ours, call, taken, others, elsewhere])!;

        Assert.Equal((FlowKind.Event, FlowOutcome.Refused), (flow.Kind, flow.Outcome));
        Assert.Equal(
            ["Client → IdP: 0", "IdP → Consumer: 1", "IdP → receiver.example: 1"],
            flow.Steps.Select(step => $"{step.From} → {step.To}: {step.Request.Count}"));
        Assert.Equal([null, null, "invalid_key"], flow.Steps.Select(step => step.Refusal?.Error));
    }

    [Fact]
    public void A_push_whose_cause_is_forgotten_is_an_event_all_the_same()
    {
        var told = Spans.Make(1, "idp", SpanKind.Internal, 0, null, (ProtocolAttributes.FlowId, "aa"), (ProtocolAttributes.Request + "event_type", "a-type"));
        var call = Spans.Make(1, "idp", SpanKind.Client, 1, told.SpanId, (Names.Method, "POST"), (Names.Server, "receiver.example"));

        Assert.Equal(FlowKind.Event, FlowReader.Read([told, call])!.Kind);
    }

    [Fact]
    public void A_DPoP_nonce_that_is_asked_for_is_part_of_the_protocol()
    {
        var login = Spans.Request(1, "bff", "/auth/login");
        var post = Spans.Make(1, "bff", SpanKind.Client, 1, login.SpanId, (Names.Method, "POST"));
        var par = Spans.Request(1, "idp", "/par", 2, post.SpanId, (ProtocolAttributes.Error, "use_dpop_nonce"), (ProtocolAttributes.Reason, "no nonce"));

        Assert.Equal(FlowOutcome.Open, FlowReader.Read([login, post, par])!.Outcome);
    }

    [Theory]
    [InlineData("500", FlowOutcome.Failed)]
    [InlineData("403", FlowOutcome.Refused)]
    [InlineData("303", FlowOutcome.Open)]
    public void The_last_answer_to_the_browser_decides(string status, FlowOutcome outcome) =>
        Assert.Equal(outcome, FlowReader.Read([Spans.Request(1, "bff", "/auth/login", attributes: (Names.Status, status))])!.Outcome);

    [Fact]
    public void Parameters_are_redacted_once_more()
    {
        var flow = FlowReader.Read([Spans.Request(1, "idp", "/token", attributes: [(ProtocolAttributes.Request + "code", "leaked"), (ProtocolAttributes.Request + "odd\u202Ename", "leaked")])])!;

        Assert.Equal([new("code", "[redacted]"), new("other", "[redacted]")], flow.Steps[0].Request);
    }

    [Fact]
    public void Spans_that_are_their_own_ancestors_end_nothing()
    {
        var one = Spans.Make(1, "bff", SpanKind.Internal);
        var circle = one with { ParentId = one.SpanId };

        Assert.Null(FlowReader.Read([circle]));
        Assert.NotNull(FlowReader.Read([circle, Spans.Request(1, "bff", "/auth/login")]));
    }
}
