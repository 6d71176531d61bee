using System.Xml.Linq;
using Platform.Flows.Drawing;
using Platform.Flows.Model;
using Platform.Flows.Telemetry;
using Platform.ServiceDefaults.Telemetry;

namespace Platform.Flows.Tests.Drawing;

public sealed class DiagramTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Theory]
    [InlineData("sign-in")]
    [InlineData("refusal")]
    [InlineData("revocation")]
    public void Every_step_has_its_arrow_with_a_name_for_those_who_do_not_see_it(string recording)
    {
        var flow = Recordings.Flow(recording);
        var drawn = XElement.Parse(SvgDiagram.Draw(flow, isLinked: true));

        Assert.Equal(flow.Title, drawn.Element(Svg + "title")!.Value);
        Assert.Contains($"{flow.Steps.Count} steps between", drawn.Element(Svg + "desc")!.Value, StringComparison.Ordinal);
        Assert.Equal(flow.Participants, drawn.Elements(Svg + "text").Select(name => name.Value));
        var links = drawn.Elements(Svg + "a").ToList();
        Assert.Equal(flow.Steps.Select(step => $"#step-{step.Number}"), links.Select(link => link.Attribute("href")!.Value).Distinct());
        Assert.All(links, link => Assert.StartsWith("Step ", link.Attribute("aria-label")!.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void A_refusal_stands_beneath_its_arrow_in_picture_and_text()
    {
        var flow = Recordings.Flow("refusal");
        string[] expected = ["✗ invalid_request: redirect_uri is not registered for this client.", "Cause: ", "Fix: "];

        var notes = XElement.Parse(SvgDiagram.Draw(flow, isLinked: false)).Descendants(Svg + "text").Where(text => text.Attribute("class")!.Value == "note-text").Select(text => text.Value);
        Assert.All(expected, start => Assert.Contains(notes, note => note.StartsWith(start, StringComparison.Ordinal)));
        Assert.All(expected, start => Assert.Contains(start, TextDiagram.Draw(flow), StringComparison.Ordinal));
    }

    [Fact]
    public void The_type_of_an_event_is_told_by_what_is_not_the_same_in_all()
    {
        var sent = Spans.Make(
            1, "idp", SpanKind.Producer, 0, null, (Names.Messaging, "kafka"), (Names.Destination, "caep.events"),
            (ProtocolAttributes.Request + "event_type", "https://schemas.openid.net/secevent/caep/event-type/session-revoked"));

        var drawn = XElement.Parse(SvgDiagram.Draw(FlowReader.Read([sent])!, isLinked: false));

        Assert.Contains(drawn.Descendants(Svg + "text"), text => text.Value.Contains("event_type=session-revoked", StringComparison.Ordinal));
    }

    [Fact]
    public void A_saved_picture_leads_nowhere() =>
        Assert.Empty(XElement.Parse(SvgDiagram.Draw(Recordings.Flow("sign-in"), isLinked: false)).Descendants(Svg + "a"));

    [Fact]
    public void What_a_span_says_is_text_and_never_markup()
    {
        const string Markup = "<script>alert(1)</script>&\"'";
        var flow = FlowReader.Read(
        [
            Spans.Request(1, Markup, "/" + Markup, attributes: [(ProtocolAttributes.Error, Markup), (ProtocolAttributes.Reason, Markup), (ProtocolAttributes.Request + "scope", Markup)])
        ])!;

        var drawn = XElement.Parse(SvgDiagram.Draw(flow, isLinked: true));
        Assert.Empty(drawn.Descendants(Svg + "script"));
        Assert.Contains(drawn.Descendants(Svg + "text"), text => text.Value.Contains("<script>", StringComparison.Ordinal));
    }

    [Fact]
    public void Answers_come_after_what_happened_before_them_and_the_inner_before_the_outer()
    {
        var rows = Row.Of(Recordings.Flow("sign-in")).Take(4).Select(row => $"{(row.IsAnswer ? "<-" : "->")} {row.Step.Label}");

        Assert.Equal(["-> GET /auth/login", "-> POST /par", "<- POST /par", "<- GET /auth/login"], rows);
    }

    [Fact]
    public void A_flow_of_500_spans_has_500_arrows()
    {
        var flow = FlowReader.Read([.. Enumerable.Range(0, 500).Select(at => Spans.Make(1, "idp", SpanKind.Producer, at * 1000, null, (Names.Messaging, "kafka"), (Names.Destination, "caep.events")))])!;

        Assert.Equal(500, XElement.Parse(SvgDiagram.Draw(flow, isLinked: true)).Elements(Svg + "a").Count());
    }

    [Theory]
    [InlineData("one two three", 7, new[] { "one two", "three" })]
    [InlineData("onetwothree", 4, new[] { "onet", "woth", "ree" })]
    [InlineData("", 4, new[] { "" })]
    public void Text_is_broken_between_words_where_there_are_any(string text, int width, string[] lines) => Assert.Equal(lines, Wording.Wrap(text, width));
}
