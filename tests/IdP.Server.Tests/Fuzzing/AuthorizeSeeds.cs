using Platform.IdP.Tests.Running;
using static Platform.IdP.Tests.Fuzzing.FuzzSeeds;

namespace Platform.IdP.Tests.Fuzzing;

internal static class AuthorizeSeeds
{
    public static readonly FuzzSeed[] All =
    [
        new("GET /authorize", "", 303, async world => Get("/authorize").WithQuery(AuthorizationParameters())
            .WithHeaders(("Cookie", (await world.SessionAsync()).Cookie))) { Share = 3 },
        new("GET /authorize", "no session", 303, _ => Task.FromResult(Get("/authorize").WithQuery(AuthorizationParameters()))),
        new("GET /authorize", "native", 303, _ => Task.FromResult(Get("/authorize").WithQuery(
            ("response_type", "code"), ("client_id", "native"), ("redirect_uri", "http://127.0.0.1:49152/callback"), ("scope", "openid"),
            ("prompt", "none"), ("code_challenge", Portal.Challenge), ("code_challenge_method", "S256"), ("response_mode", "jwt")))),
        new("GET /authorize", "details", 303, async world => Get("/authorize").WithQuery(AuthorizationParameters())
            .WithQuery(("authorization_details", new FuzzValue.Json("""[{"type":"payment","amount":"1.00","actions":["initiate"]}]""")),
                ("id_token_hint", (await world.TokensAsync()).IdToken!))),
        new("GET /authorize", "request object", 303, world => Task.FromResult(Get("/authorize").WithQuery(
            ("client_id", "all"), ("request", Object(world)), ("response_type", "code"), ("scope", "openid")))),
        new("GET /authorize", "pushed", 303, async world => Get("/authorize").WithQuery(
            ("client_id", "all"), ("request_uri", await world.PushedAsync()))),
        new("POST /authorize", "", 303, _ => Task.FromResult(Post("/authorize").WithForm(AuthorizationParameters()))),
        new("GET /authorize/resume", "", 303, async world => Get("/authorize/resume")
            .WithQuery(("request", await world.RequestAsync())).WithHeaders(("Cookie", (await world.SessionAsync()).Cookie))),
        new("POST /par", "", 201, world => Task.FromResult(Post("/par").WithForm(AuthorizationParameters())
            .WithHeaders(("Authorization", world.Basic)))),
        new("POST /par", "request object", 201, world => Task.FromResult(Post("/par").WithForm(("request", Object(world)))
            .WithHeaders(("Authorization", world.Basic)))),
        new("POST /par", "key", 201, world => Task.FromResult(Post("/par").WithForm(AuthorizationParameters("keyed")[..8])
            .WithForm(Assertion(world)).WithHeaders(("DPoP", Proof(world, "/par"))))),
    ];

    public static (string Name, FuzzValue Value)[] Assertion(FuzzWorld world) =>
    [
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", world.Key.Token("JWT", $$"""
            {"iss":"keyed","sub":"keyed","aud":"{{IdpServer.Issuer}}","iat":{{world.Seconds}},"nbf":{{world.Seconds}},"exp":{{world.Seconds + 60}},"jti":"{{Guid.NewGuid()}}"}
            """)),
    ];

    public static FuzzValue.Signed Proof(FuzzWorld world, string path, string more = "") => world.Key.Proof($$$"""
        {"jti":"{{{Guid.NewGuid()}}}","htm":"POST","htu":"{{{IdpServer.Issuer}}}{{{path}}}","iat":{{{world.Seconds}}}{{{more}}}}
        """);

    private static FuzzValue.Signed Object(FuzzWorld world) => world.Key.Token("oauth-authz-req+jwt", $$$"""
        {"iss":"all","aud":"{{{IdpServer.Issuer}}}","nbf":{{{world.Seconds}}},"exp":{{{world.Seconds + 60}}},"client_id":"all","response_type":"code",
        "redirect_uri":"https://all.test/callback","scope":"openid profile","state":"inner","nonce":"n","max_age":100,"resource":["urn:platform:contacts-api"],
        "code_challenge":"{{{Portal.Challenge}}}","code_challenge_method":"S256","claims":{"id_token":{"auth_time":{"essential":true} } },
        "authorization_details":[{"type":"payment","amount":"1.00"}]}
        """);
}
