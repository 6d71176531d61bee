using System.Globalization;
using System.Text.Json.Nodes;

namespace Platform.Benchmarks.Drawing;

/// <summary>
/// A trace of so many spans, in OTLP's JSON form: requests of a browser at the BFF, each of which asks the provider, which asks
/// Redis, with messages and checks as our services put them on their spans.
/// </summary>
internal static class MadeTrace
{
    private const long Begin = 1_790_000_000_000_000_000;
    private const long Step = 1_000_000;

    private enum Kind { Server = 2, Client = 3 }

    public static string Of(string id, int spans) => new JsonObject
    {
        ["resourceSpans"] = new JsonArray(
            Resource("bff", Every(spans, [0, 1], id)), Resource("idp", Every(spans, [2, 3], id))),
    }.ToJsonString();

    // Four spans for each request: the BFF's, its call, the provider's, and its script in Redis.
    private static IEnumerable<JsonNode> Every(int spans, int[] positions, string trace) =>
        Enumerable.Range(0, spans).Where(number => positions.Contains(number % 4)).Select(number => Span(trace, number));

    private static JsonObject Span(string trace, int number)
    {
        var span = (number % 4) switch
        {
            0 => Make(Kind.Server, ("http.request.method", "GET"), ("http.route", "/auth/login"), ("http.response.status_code", "303"),
                ("user_agent.original", "Mozilla/5.0"), ("platform.request.prompt", "login")),
            1 => Make(Kind.Client, ("http.request.method", "POST"), ("server.address", "localhost"), ("http.response.status_code", "201")),
            2 => Make(Kind.Server, ("http.request.method", "POST"), ("http.route", "/par"), ("http.response.status_code", "201"),
                ("platform.request.client_id", "bff-server"), ("platform.request.response_type", "code"),
                ("platform.request.scope", "openid profile offline_access contacts.read"), ("platform.request.code_challenge", "[redacted]"),
                ("platform.request.redirect_uri", "https://localhost:7000/auth/callback"), ("platform.response.request_uri", "[redacted]")),
            _ => Make(Kind.Client, ("db.system.name", "redis"), ("db.operation.name", "EVALSHA"), ("db.stored_procedure.name", "push")),
        };
        span["traceId"] = trace;
        span["spanId"] = IdOf(number);
        span["parentSpanId"] = number % 4 == 0 ? null : IdOf(number - 1);
        span["startTimeUnixNano"] = (Begin + (number * Step)).ToString(CultureInfo.InvariantCulture);
        span["endTimeUnixNano"] = (Begin + ((number + 4) * Step)).ToString(CultureInfo.InvariantCulture);
        span["events"] = number % 4 == 2
            ? new JsonArray(Check("redirect_uri is registered", "RFC 9700 section 2.1"), Check("code_challenge_method is S256", "RFC 7636 section 4.2"))
            : null;
        return span;
    }

    private static JsonObject Make(Kind kind, params (string Name, string Value)[] attributes) => new()
    {
        ["name"] = "made",
        ["kind"] = (int)kind,
        ["attributes"] = Attributes(attributes),
    };

    private static JsonObject Check(string name, string section) => new()
    {
        ["name"] = "check",
        ["attributes"] = Attributes(("platform.check.name", name), ("platform.check.section", section)),
    };

    private static JsonObject Resource(string service, IEnumerable<JsonNode> spans) => new()
    {
        ["resource"] = new JsonObject { ["attributes"] = Attributes(("service.name", service)) },
        ["scopeSpans"] = new JsonArray(new JsonObject { ["spans"] = new JsonArray([.. spans]) }),
    };

    private static JsonArray Attributes(params (string Name, string Value)[] attributes) => [.. attributes.Select(attribute => new JsonObject
    {
        ["key"] = attribute.Name,
        ["value"] = new JsonObject { ["stringValue"] = attribute.Value },
    })];

    private static string IdOf(int number) => (number + 1).ToString("x16", CultureInfo.InvariantCulture);
}
