using static Platform.IdP.Tests.Fuzzing.FuzzSeeds;

namespace Platform.IdP.Tests.Fuzzing;

/// <summary>What receivers of events call.</summary>
internal static class StreamSeeds
{
    private const string Configuration = """
        "events_requested":["https://schemas.openid.net/secevent/caep/event-type/session-revoked"],"description":"A <stream>",
        "delivery":{"method":"urn:ietf:rfc:8935","endpoint_url":"https://receiver.test/events","authorization_header":"Bearer of-a-receiver"}
        """;

    private const string Subject = """
        "subject":{"format":"complex","user":{"format":"email","email":"ada@example.com"},"session":{"format":"opaque","id":"a session"}}
        """;

    public static readonly FuzzSeed[] All =
    [
        new("GET /.well-known/ssf-configuration", "", 200, _ => Task.FromResult(Get("/.well-known/ssf-configuration"))),
        Of("POST", "/ssf/streams", 201, _ => $$"""{{{Configuration}}}"""),
        Asked("GET", "/ssf/streams", 200),
        Of("PATCH", "/ssf/streams", 200, id => $$"""{"stream_id":"{{id}}",{{Configuration}}}"""),
        Of("PUT", "/ssf/streams", 200, id => $$"""{"stream_id":"{{id}}",{{Configuration}}}"""),
        Asked("DELETE", "/ssf/streams", 204),
        Asked("GET", "/ssf/status", 200),
        Of("POST", "/ssf/status", 200, id => $$"""{"stream_id":"{{id}}","status":"paused","reason":"A fuzzed reason"}"""),
        Of("POST", "/ssf/subjects/add", 200, id => $$"""{"stream_id":"{{id}}","verified":true,{{Subject}}}"""),
        Of("POST", "/ssf/subjects/remove", 204, id => $$"""{"stream_id":"{{id}}",{{Subject}}}"""),
        Of("POST", "/ssf/verification", 204, id => $$"""{"stream_id":"{{id}}","state":"a state"}"""),

        // What waits is never acknowledged, so that no poll waits.
        new("POST /ssf/poll/{streamId}", "", 200, async world => Post($"/ssf/poll/{await world.StreamAsync()}")
            .WithHeaders(("Authorization", await world.ReceiverTokenAsync()))
            .WithJson("""{"maxEvents":3,"returnImmediately":true,"ack":["another"],"setErrs":{"a third":{"err":"invalid_key","description":"A fuzzed key"}}}""")),

        new("GET /admin/streams", "", 200, async world => Get("/admin/streams").WithHeaders(("Authorization", await world.AdminTokenAsync()))),
        new("GET /admin/streams/{streamId}/dead-letters", "", 200, async world => Get($"/admin/streams/{await world.StreamAsync()}/dead-letters")
            .WithHeaders(("Authorization", await world.AdminTokenAsync()))),
        Administered("status", """{"status":"paused","reason":"A fuzzed reason"}"""),
        Administered("dead-letters", """{"all":true}"""),
    ];

    private static FuzzSeed Administered(string part, string json) => new($"POST /admin/streams/{{streamId}}/{part}", "", 200, async world =>
        Post($"/admin/streams/{await world.StreamAsync()}/{part}").WithHeaders(("Authorization", await world.AdminTokenAsync())).WithJson(json));

    private static FuzzSeed Asked(string method, string path, int expected) => new($"{method} {path}", "", expected, async world =>
        new FuzzRequest(method, path).WithQuery(("stream_id", await world.StreamAsync())).WithHeaders(("Authorization", await world.ReceiverTokenAsync())));

    private static FuzzSeed Of(string method, string path, int expected, Func<string, string> json) => new($"{method} {path}", "", expected, async world =>
    {
        var stream = await world.StreamAsync();
        return new FuzzRequest(method, path).WithHeaders(("Authorization", await world.ReceiverTokenAsync())).WithJson(json(stream));
    });
}
