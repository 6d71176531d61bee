using static Platform.IdP.Tests.Fuzzing.FuzzSeeds;

namespace Platform.IdP.Tests.Fuzzing;

/// <summary>What administrators call.</summary>
internal static class AdminSeeds
{
    public static readonly FuzzSeed[] All =
    [
        Of("/admin/revocations", 202, """{"sub":"sub-nobody","sid":"a-session","reason":"A fuzzed reason"}"""),
        Of("/admin/events", 202, """{"type":"risk-level-change","subject":{"format":"complex","user":{"format":"email","email":"nobody@example.com"},"device":{"format":"opaque","id":"a laptop"}},"event":{"principal":"DEVICE","current_level":"HIGH","event_timestamp":1700000000,"reason_admin":{"en":"A fuzzed reason"}}}"""),
        Of("/admin/initial-access-tokens", 201, """{"profile":"code-flow-secret","client_id":"another","lifetime_seconds":60}"""),
        // An algorithm that there is none of: a thousand keys would fill the folder.
        Of("/admin/keys/rotate", 400, """{"alg":"ES512"}"""),
        new("GET /admin/clients/{clientId}", "", 200, async world => Get("/admin/clients/all").WithQuery(("profile", "code-flow-secret"))
            .WithHeaders(("Authorization", await world.AdminTokenAsync()))),
        new("GET /admin/diagnostics", "", 200, async world => Get("/admin/diagnostics")
            .WithHeaders(("Authorization", await world.AdminTokenAsync()))),
    ];

    private static FuzzSeed Of(string path, int expected, string json) => new($"POST {path}", "", expected, async world =>
        Post(path).WithHeaders(("Authorization", await world.AdminTokenAsync())).WithJson(json));
}
