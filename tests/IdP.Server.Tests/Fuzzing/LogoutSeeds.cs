using static Platform.IdP.Tests.Fuzzing.FuzzSeeds;

namespace Platform.IdP.Tests.Fuzzing;

internal static class LogoutSeeds
{
    public static readonly FuzzSeed[] All =
    [
        new("GET /end_session", "", 303, async world => Get("/end_session").WithQuery(await ParametersAsync(world))),
        new("GET /end_session", "session", 200, async world => Get("/end_session").WithQuery(await ParametersAsync(world))
            .WithHeaders(("Cookie", (await world.SessionAsync()).Cookie))),
        new("POST /end_session", "", 303, async world => Post("/end_session").WithForm(await ParametersAsync(world))),
        new("GET /end_session/confirm", "", 200, async world => Get("/end_session/confirm")
            .WithQuery(("request", await world.LogoutAsync())).WithHeaders(("Cookie", (await world.SessionAsync()).Cookie))),
        new("POST /end_session/confirm", "", 303, async world =>
        {
            var (cookies, token, _) = await world.BrowserAsync();
            return Post("/end_session/confirm").WithHeaders(("Cookie", cookies)).WithForm(("form_token", token), ("request", await world.LogoutAsync()));
        }),
    ];

    private static async Task<(string, FuzzValue)[]> ParametersAsync(FuzzWorld world) =>
    [
        ("id_token_hint", (await world.TokensAsync()).IdToken!), ("post_logout_redirect_uri", "https://all.test/"), ("client_id", "all"),
        ("state", "a state"), ("logout_hint", "ada"), ("ui_locales", "en"),
    ];
}
