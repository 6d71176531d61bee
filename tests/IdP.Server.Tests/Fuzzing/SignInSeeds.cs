using static Platform.IdP.Tests.Fuzzing.FuzzSeeds;

namespace Platform.IdP.Tests.Fuzzing;

/// <summary>The pages on the way of an authorization request.</summary>
internal static class SignInSeeds
{
    public static readonly FuzzSeed[] All =
    [
        Page("/login", 200), Page("/select-account", 200), Page("/consent", 200), Page("/login/factor", 200), Page("/login/passkey", 200),
        Form("/login", 303, FuzzServer.Ada, async world =>
        {
            await world.ForgetAsync(FuzzServer.Ada);
            return [("username", "ada"), ("password", FuzzServer.Password)];
        }),
        Form("/login/cancel", 303, FuzzServer.Ada),
        Form("/select-account", 303, FuzzServer.Ada),
        Form("/consent", 303, FuzzServer.Ada, _ => Task.FromResult<(string, FuzzValue)[]>([("decision", "allow")])),
        Form("/login/factor", 303, FuzzServer.Grace, async world => [("code", await world.AppCodeAsync(FuzzServer.Grace))]),
        new("POST /login/passkey", "", 401, async world =>
        {
            var (cookies, token, _) = await world.BrowserAsync();
            var request = await world.RequestAsync();
            var (ceremony, credential) = await world.PasskeyAsync($"/login/passkey?request={request}", cookies, create: false);
            return Post("/login/passkey").WithHeaders(("Cookie", cookies)).WithForm(
                ("form_token", token), ("request", request), ("ceremony", ceremony), ("credential", new FuzzValue.Json(credential)));
        }),
    ];

    private static FuzzSeed Page(string path, int expected) => new($"GET {path}", "", expected, async world =>
        Get(path).WithQuery(("request", await world.RequestAsync(request => request with { LoginHint = "ada", Prompts = ["consent"] })))
            .WithHeaders(("Cookie", (await world.BrowserAsync()).Cookies), ("User-Agent", "Mozilla/5.0 (X11; Linux) Firefox/140.0")));

    private static FuzzSeed Form(string path, int expected, string subject, Func<FuzzWorld, Task<(string Name, FuzzValue Value)[]>>? fields = null) =>
        new($"POST {path}", "", expected, async world =>
        {
            var (cookies, token, session) = await world.BrowserAsync(subject);
            return Post(path).WithHeaders(("Cookie", cookies), ("User-Agent", "Mozilla/5.0 (X11; Linux) Firefox/140.0"))
                .WithForm(("form_token", token), ("request", await world.RequestAsync()), ("session", session))
                .WithForm(fields is null ? [] : await fields(world));
        });
}
