using static Platform.IdP.Tests.Fuzzing.FuzzSeeds;

namespace Platform.IdP.Tests.Fuzzing;

/// <summary>A person's own pages; Grace has an authenticator app.</summary>
internal static class AccountSeeds
{
    public static readonly FuzzSeed[] All =
    [
        Page("/account", ("done", "session")), Page("/account/password"), Page("/account/app"), Page("/account/passkey"),
        Form("/account/sessions/end", 303, async world => [("session", (await world.SessionAsync()).Session.SessionId)]),
        Form("/account/sessions/end-others", 303, _ => Task.FromResult<(string, FuzzValue)[]>([])),
        Form("/account/consents/withdraw", 303, _ => Task.FromResult<(string, FuzzValue)[]>([("client", "all")])),
        Form("/account/app/remove", 303, _ => Task.FromResult<(string, FuzzValue)[]>([])),
        Form("/account/passkey/remove", 303, _ => Task.FromResult<(string, FuzzValue)[]>([("passkey", "AAAA")])),
        Form("/account/password", 303, async world =>
        {
            await world.ForgetAsync(FuzzServer.Ada);
            return [("old_password", FuzzServer.Password), ("new_password", "another-fuzzed-word"), ("repeated_password", "another-fuzzed-word")];
        }),
        Form("/account/recovery-codes", 200, async world =>
        {
            await world.AppCodeAsync(FuzzServer.Grace);
            return [];
        }, FuzzServer.Grace),
        new("POST /account/app", "", 200, async world =>
        {
            var (form, token) = await world.FormAsync();
            await world.ForgetAsync(FuzzServer.Ada);
            var (cookie, session) = await world.SessionAsync();
            return Post("/account/app").WithHeaders(("Cookie", $"{form}; {cookie}"))
                .WithForm(("form_token", token), ("code", await world.NewAppCodeAsync(session)));
        }),
        new("POST /account/passkey", "", 200, async world =>
        {
            await world.ForgetAsync(FuzzServer.Ada);
            var (cookies, token, _) = await world.BrowserAsync();
            var (ceremony, credential) = await world.PasskeyAsync("/account/passkey", cookies, create: true);
            return Post("/account/passkey").WithHeaders(("Cookie", cookies)).WithForm(
                ("form_token", token), ("ceremony", ceremony), ("name", "My phone"), ("credential", new FuzzValue.Json(credential)));
        }),
    ];

    private static FuzzSeed Page(string path, params (string Name, FuzzValue Value)[] query) => new($"GET {path}", "", 200, async world =>
        Get(path).WithQuery(query).WithHeaders(("Cookie", (await world.BrowserAsync()).Cookies)));

    private static FuzzSeed Form(
        string path, int expected, Func<FuzzWorld, Task<(string Name, FuzzValue Value)[]>> fields, string subject = FuzzServer.Ada) =>
        new($"POST {path}", "", expected, async world =>
        {
            var (cookies, token, _) = await world.BrowserAsync(subject);
            return Post(path).WithHeaders(("Cookie", cookies)).WithForm(("form_token", token)).WithForm(await fields(world));
        });
}
