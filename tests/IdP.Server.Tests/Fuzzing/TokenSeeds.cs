using Platform.IdP.Tests.Running;
using static Platform.IdP.Tests.Fuzzing.FuzzSeeds;

namespace Platform.IdP.Tests.Fuzzing;

internal static class TokenSeeds
{
    public static readonly FuzzSeed[] All =
    [
        Of("authorization_code", async world =>
            [("code", await world.CodeAsync()), ("redirect_uri", "https://all.test/callback"), ("code_verifier", Portal.Verifier), ("resource", "urn:platform:contacts-api")]),
        Of("refresh_token", async world =>
            [("refresh_token", (await world.TokensAsync()).RefreshToken!), ("scope", "openid contacts.read"), ("audience", "urn:platform:contacts-api")]),
        Of("client_credentials", _ => Task.FromResult<(string, FuzzValue)[]>(
            [("scope", "contacts.read"), ("authorization_details", new FuzzValue.Json("""[{"type":"payment","amount":"1.00"}]"""))])),
        Of("urn:ietf:params:oauth:grant-type:device_code", async world => [("device_code", (await world.DeviceAsync(allowed: true)).DeviceCode)]),
        Of("urn:openid:params:grant-type:ciba", async world => [("auth_req_id", (await world.CibaAsync(allowed: true)).Id)]),
        Of("urn:ietf:params:oauth:grant-type:token-exchange", async world =>
        [
            ("subject_token", (await world.TokensAsync()).AccessToken), ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
            ("audience", "urn:platform:contacts-api"), ("scope", "contacts.read"), ("requested_token_type", "urn:ietf:params:oauth:token-type:access_token"),
        ]),
        Of("urn:ietf:params:oauth:grant-type:jwt-bearer", world => Task.FromResult<(string, FuzzValue)[]>(
        [
            ("scope", "contacts.read"),
            ("assertion", world.Key.Token("JWT", $$"""
                {"iss":"{{FuzzServer.ForeignIssuer}}","sub":"{{FuzzServer.Ada}}","aud":"{{IdpServer.Issuer}}","iat":{{world.Seconds}},"exp":{{world.Seconds + 60}},"jti":"{{Guid.NewGuid()}}"}
                """)),
        ])),
        new("POST /token", "key and proof", 200, world => Task.FromResult(Post("/token")
            .WithForm(("grant_type", "client_credentials"), ("scope", "contacts.read")).WithForm(AuthorizeSeeds.Assertion(world))
            .WithHeaders(("DPoP", AuthorizeSeeds.Proof(world, "/token"))))) { Share = 2 },
    ];

    private static FuzzSeed Of(string grant, Func<FuzzWorld, Task<(string Name, FuzzValue Value)[]>> fields) => new("POST /token", grant, 200,
        async world => Post("/token").WithHeaders(("Authorization", world.Basic)).WithForm(("grant_type", grant)).WithForm(await fields(world)));
}
