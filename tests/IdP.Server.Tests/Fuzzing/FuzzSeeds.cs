using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Fuzzing;

/// <summary>Good requests for every route of the server.</summary>
internal static class FuzzSeeds
{
    public const string Metadata = """
        {"client_name":"New","redirect_uris":["https://new.test/callback"],"grant_types":["authorization_code","refresh_token"],
        "response_types":["code"],"token_endpoint_auth_method":"client_secret_basic","scope":"openid profile","force_replace":true,
        "contacts":["a@new.test"],"logo_uri":"https://new.test/logo.png","default_max_age":60,"client_id":"registered",
        "post_logout_redirect_uris":["https://new.test/"],"subject_type":"public","id_token_signed_response_alg":"ES256"}
        """;

    public static IReadOnlyList<FuzzSeed> All { get; } =
    [
        .. PublicSeeds.All, .. AuthorizeSeeds.All, .. TokenSeeds.All, .. ClientSeeds.All, .. SignInSeeds.All, .. CrossDeviceSeeds.All,
        .. LogoutSeeds.All, .. AccountSeeds.All, .. AdminSeeds.All, .. RegistrationSeeds.All, .. StreamSeeds.All,
    ];

    public static FuzzRequest Post(string path) => new("POST", path);

    public static FuzzRequest Get(string path) => new("GET", path);

    public static (string Name, FuzzValue Value)[] AuthorizationParameters(string clientId = "all") =>
    [
        ("response_type", "code"), ("client_id", clientId), ("redirect_uri", $"https://{clientId}.test/callback"), ("scope", "openid profile"),
        ("state", "a state"), ("nonce", "a nonce"), ("code_challenge", Portal.Challenge), ("code_challenge_method", "S256"),
        ("response_mode", "query"), ("max_age", "100"), ("login_hint", "ada"), ("acr_values", "urn:platform:acr:password"), ("ui_locales", "en"),
        ("resource", "urn:platform:contacts-api"),
        ("claims", new FuzzValue.Json("""{"userinfo":{"email":{"essential":true}},"id_token":{"acr":{"values":["urn:platform:acr:password"]},"auth_time":null}}""")),
    ];

    /// <summary>A browser's cookies: of the forms, and of the person's session.</summary>
    public static async Task<(string Cookies, string FormToken, string Session)> BrowserAsync(this FuzzWorld world, string subject = FuzzServer.Ada)
    {
        var (form, token) = await world.FormAsync();
        var (cookie, session) = await world.SessionAsync(subject);
        return ($"{form}; {cookie}", token, session.SessionId);
    }
}
