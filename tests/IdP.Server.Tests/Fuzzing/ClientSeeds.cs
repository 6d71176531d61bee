using static Platform.IdP.Tests.Fuzzing.FuzzSeeds;

namespace Platform.IdP.Tests.Fuzzing;

/// <summary>What clients call beside the token endpoint.</summary>
internal static class ClientSeeds
{
    public static readonly FuzzSeed[] All =
    [
        new("GET /userinfo", "", 200, async world => Get("/userinfo")
            .WithHeaders(("Authorization", "Bearer " + (await world.TokensAsync()).AccessToken), ("x-fapi-interaction-id", Guid.NewGuid().ToString()))),
        new("POST /userinfo", "", 200, async world => Post("/userinfo").WithForm(("access_token", (await world.TokensAsync()).AccessToken))),
        new("POST /userinfo", "DPoP", 401, async world => Post("/userinfo").WithHeaders(
            ("Authorization", "DPoP " + (await world.TokensAsync()).AccessToken), ("DPoP", AuthorizeSeeds.Proof(world, "/userinfo", ",\"ath\":\"x\"")))),
        new("POST /introspect", "", 200, async world => Post("/introspect").WithHeaders(("Authorization", world.Basic), ("Accept", "application/token-introspection+jwt"))
            .WithForm(("token", (await world.TokensAsync()).AccessToken), ("token_type_hint", "access_token"))),
        new("POST /revoke", "access token", 200, async world => Post("/revoke").WithHeaders(("Authorization", world.Basic))
            .WithForm(("token", (await world.TokensAsync()).AccessToken), ("token_type_hint", "access_token"))),
        new("POST /revoke", "refresh token", 200, async world => Post("/revoke").WithHeaders(("Authorization", world.Basic))
            .WithForm(("token", (await world.TokensAsync()).RefreshToken!))),
        new("POST /device_authorization", "", 200, world => Task.FromResult(Post("/device_authorization")
            .WithHeaders(("Authorization", world.Basic)).WithForm(("scope", "openid profile"), ("resource", "urn:platform:contacts-api")))),
        new("POST /bc-authorize", "", 200, world => Task.FromResult(Post("/bc-authorize").WithHeaders(("Authorization", world.Basic)).WithForm(
            ("scope", "openid profile"), ("login_hint", "grace"), ("binding_message", "A-17"), ("requested_expiry", "60"), ("acr_values", "urn:platform:acr:password")))),
        new("POST /bc-authorize", "hint", 200, async world => Post("/bc-authorize").WithHeaders(("Authorization", world.Basic)).WithForm(
            ("scope", "openid"), ("id_token_hint", (await world.TokensAsync()).IdToken!))),
        new("POST /bc-authorize", "signed", 200, world => Task.FromResult(Post("/bc-authorize").WithHeaders(("Authorization", world.Basic)).WithForm(
            ("request", world.Key.Token("JWT", $$"""
                {"iss":"all","aud":"{{Running.IdpServer.Issuer}}","iat":{{world.Seconds}},"nbf":{{world.Seconds}},"exp":{{world.Seconds + 60}},"jti":"{{Guid.NewGuid()}}",
                "scope":"openid profile","login_hint":"grace","binding_message":"A-17","requested_expiry":60,"authorization_details":[{"type":"payment","amount":"1.00"}]}
                """))))),
    ];
}
