using System.Text;
using Platform.Flows.Telemetry;

namespace Platform.Flows.Tests.Telemetry;

public sealed class OtlpReaderTests
{
    private const string Good = """{"traceId":"0123456789abcdef0123456789abcdef","spanId":"0123456789abcdef","name":"good","kind":2,"startTimeUnixNano":"5","endTimeUnixNano":"9"}""";

    [Fact]
    public void A_recorded_sign_in_has_its_spans_with_services_checks_and_links()
    {
        var spans = Recordings.Spans("sign-in");

        Assert.Equal(14, spans.Count);
        Assert.Equal(["bff", "idp"], spans.Select(span => span.Service).Distinct().Order());
        Assert.Contains(spans.SelectMany(span => span.Checks), check => check is { Name: "PKCE with S256", Section: "RFC 9700 section 2.1.1" });
        Assert.Equal(4, spans.Count(span => span.Links.Count > 0));
    }

    [Fact]
    public void What_could_hold_a_secret_is_not_kept()
    {
        Assert.DoesNotContain(Recordings.Spans("sign-in").SelectMany(span => span.Attributes.Keys), key => key is "url.path" or "url.full" or "url.query");
        Assert.Empty(One(Good.Replace("}", ""","attributes":[{"key":"url.query","value":{"stringValue":"code=x"}},{"key":"http.request.header.cookie","value":{"stringValue":"x"}}]}""", StringComparison.Ordinal))!.Attributes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"resourceSpans":7}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":{"spans":[]}}]}""")]
    [InlineData("""{"data":null}""")]
    [InlineData("""{"resourceSpans":[""")]
    public void What_is_no_OTLP_has_no_spans(string json) => Assert.Empty(OtlpReader.Read(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"traceId":"xyz","spanId":"0123456789abcdef","startTimeUnixNano":"5","endTimeUnixNano":"9"}""")]
    [InlineData("""{"traceId":"0123456789abcdef0123456789abcdef","spanId":"0123456789abcdef","startTimeUnixNano":"-5","endTimeUnixNano":"9"}""")]
    [InlineData("""{"traceId":"0123456789abcdef0123456789abcdef","spanId":"0123456789abcdef","startTimeUnixNano":"5"}""")]
    [InlineData("""{"traceId":"0123456789abcdef0123456789abcdef","spanId":7,"startTimeUnixNano":5,"endTimeUnixNano":9}""")]
    public void One_odd_span_hides_no_other(string odd) => Assert.Equal("good", Assert.Single(Read($"{odd},{Good}")).Name);

    [Theory]
    [InlineData("""{"kind":"two"}""", SpanKind.Unspecified)]
    [InlineData("""{"kind":99}""", SpanKind.Unspecified)]
    [InlineData("""{"events":"none","links":[{"traceId":1}],"attributes":[7,{"key":1},{"key":"http.route"}],"status":[]}""", SpanKind.Server)]
    public void Odd_members_of_a_span_are_left_out(string odd, SpanKind kind)
    {
        var span = One(odd.Contains("kind", StringComparison.Ordinal)
            ? Good.Replace("\"kind\":2", odd.Trim('{', '}'), StringComparison.Ordinal)
            : Good[..^1] + "," + odd[1..]);

        Assert.Equal(kind, span!.Kind);
        Assert.Empty(span.Attributes);
        Assert.Empty(span.Links);
    }

    [Fact]
    public void What_neither_XML_nor_a_terminal_can_show_is_replaced()
    {
        Assert.Equal("a\uFFFD\uFFFDb", One(Good.Replace("good", """a\u001b\u0000b""", StringComparison.Ordinal))!.Name);
        Assert.Equal(1000, One(Good.Replace("good", new string('x', 5000), StringComparison.Ordinal))!.Name.Length);
    }

    private static Span? One(string span) => Read(span).SingleOrDefault();

    private static IReadOnlyList<Span> Read(string spans) => OtlpReader.Read(Encoding.UTF8.GetBytes($$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{{spans}}]}]}]}"""));
}
