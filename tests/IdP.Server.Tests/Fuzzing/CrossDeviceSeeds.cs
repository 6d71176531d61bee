using static Platform.IdP.Tests.Fuzzing.FuzzSeeds;

namespace Platform.IdP.Tests.Fuzzing;

/// <summary>Where a person answers for another device.</summary>
internal static class CrossDeviceSeeds
{
    public static readonly FuzzSeed[] All =
    [
        new("GET /device", "", 200, async world => Get("/device")
            .WithQuery(("user_code", (await world.DeviceAsync()).UserCode)).WithHeaders(("Cookie", (await world.BrowserAsync()).Cookies))),
        new("GET /device", "no session", 303, async world => Get("/device").WithQuery(("user_code", (await world.DeviceAsync()).UserCode))),
        Form("/device", async (world, _) => [("user_code", (await world.DeviceAsync()).UserCode)]),
        Form("/device/decision", async (world, session) =>
            [("session", session), ("decision", "allow"), ("user_code", (await world.DeviceAsync()).UserCode)]),
        new("GET /ciba", "", 200, async world => Get("/ciba").WithHeaders(("Cookie", (await world.BrowserAsync()).Cookies))),
        Form("/ciba/decision", async (world, _) => [("request", (await world.CibaAsync()).Request.Id), ("decision", "deny")]),
        new("POST /admin/ciba/decisions", "", 204, async world => Post("/admin/ciba/decisions").WithHeaders(("Authorization", await world.AdminTokenAsync()))
            .WithJson($$"""{"auth_req_id":"{{(await world.CibaAsync()).Id}}","decision":"allow"}""")),
        new("POST /admin/ciba/automated-decisions", "", 204, async world => Post("/admin/ciba/automated-decisions").WithQuery(
            ("key", FuzzServer.AutomationKey), ("auth_req_id", (await world.CibaAsync()).Id), ("action", "allow"))),
    ];

    private static FuzzSeed Form(string path, Func<FuzzWorld, string, Task<(string Name, FuzzValue Value)[]>> fields) =>
        new($"POST {path}", "", 200, async world =>
        {
            var (cookies, token, session) = await world.BrowserAsync();
            return Post(path).WithHeaders(("Cookie", cookies)).WithForm(("form_token", token)).WithForm(await fields(world, session));
        });
}
