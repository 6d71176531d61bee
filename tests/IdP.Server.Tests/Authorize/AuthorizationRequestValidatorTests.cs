using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Authorize;
using Platform.IdP.Clients;
using Platform.IdP.Protocol;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Authorize;

/// <summary>What becomes of parameters that are accepted.</summary>
public sealed class AuthorizationRequestValidatorTests(AuthorizeServer server) : IClassFixture<AuthorizeServer>
{
    [Fact]
    public void Keeps_every_parameter_that_somebody_needs_later()
    {
        var request = Accepted(
            ("prompt", "login consent"), ("max_age", "60"), ("login_hint", "ada@example.com"), ("acr_values", "gold silver gold"),
            ("ui_locales", "de fr"), ("dpop_jkt", Portal.Challenge), ("resource", IdpServer.Issuer), ("claims", "{}"),
            ("authorization_details", """[ {"type": "payment", "amount": 5} ]"""));

        Assert.Equal(["login", "consent"], request.Prompts);
        Assert.Equal(60, request.MaxAge);
        Assert.Equal("ada@example.com", request.LoginHint);
        Assert.Equal(["gold", "silver"], request.AuthenticationClasses);
        Assert.Equal("de fr", request.UiLocales);
        Assert.Equal(Portal.Challenge, request.DpopKeyThumbprint);
        Assert.Equal([IdpServer.Issuer], request.Resources);
        Assert.Equal("{}", request.Claims);
        Assert.True(JsonElement.DeepEquals(
            JsonElement.Parse("""[{"type":"payment","amount":5}]"""), JsonElement.Parse(request.AuthorizationDetails!)));
    }

    [Fact]
    public void Takes_what_the_client_has_registered_where_the_request_says_nothing()
    {
        var request = Accepted();

        Assert.Equal(3600, request.MaxAge);
        Assert.Equal(["urn:platform:acr:password"], request.AuthenticationClasses);
        Assert.Equal(ResponseModes.QueryJwt, request.ResponseMode);
        Assert.Empty(request.Prompts);
        Assert.Empty(request.EssentialClasses);
        Assert.Null(request.HintedSubject);
    }

    [Fact]
    public void T5_The_order_of_scopes_is_free_and_repetition_harmless() =>
        Assert.Equal(["profile", "openid"], Accepted(("scope", "profile openid profile")).Scopes);

    [Fact]
    public void T4_What_is_not_known_is_ignored() =>
        Assert.Equal("signed", Accepted(("extra", "foobar"), ("display", "popup"), ("claims_locales", "se")).ClientId);

    [Fact]
    public void T11_An_essential_class_is_told_from_one_that_is_only_wanted()
    {
        var request = Accepted(("claims", """{"id_token":{"acr":{"essential":true,"values":["gold"]}}}"""), ("acr_values", "silver"));

        Assert.Equal(["gold"], request.EssentialClasses);
        Assert.Equal(["silver"], request.AuthenticationClasses);
    }

    [Fact]
    public void T10_A_subject_can_be_asked_for_by_the_claims_parameter() =>
        Assert.Equal("ada", Accepted(("claims", """{"id_token":{"sub":{"value":"ada"}}}""")).HintedSubject);

    [Fact]
    public void Offline_access_is_kept_where_a_refresh_token_can_come_of_it() =>
        Assert.Contains("offline_access", Accepted(("scope", "openid offline_access")).Scopes);

    [Fact]
    public void Offline_access_is_ignored_where_none_can() => Assert.Equal(["openid"], Assert.IsType<AuthorizationCheck.Valid>(Check(
        ("client_id", "native"), ("redirect_uri", "http://127.0.0.1:49152/callback"), ("scope", "openid offline_access"))).Request.Scopes);

    [Fact]
    public void Details_may_stand_without_a_scope() =>
        Assert.Empty(Accepted(("scope", null), ("authorization_details", """[{"type":"payment","amount":5}]""")).Scopes);

    [Theory]
    [InlineData("[{\"type\":\"anything\"}]")]
    [InlineData("[{\"type\":\"unheard-of\"}]")]
    [InlineData("[{\"type\":\"payment\"}]")]
    public void Details_that_the_client_may_not_use_are_refused(string details) => Assert.Equal("invalid_authorization_details",
        Assert.IsType<AuthorizationCheck.Refused>(Check(("authorization_details", details))).Error);

    [Fact]
    public void T21_A_public_client_uses_PKCE_whatever_its_registration_says() => Assert.Equal("invalid_request",
        Assert.IsType<AuthorizationCheck.Refused>(Check(("client_id", "native"), ("redirect_uri", AuthorizeServer.NativeRedirectUri),
            ("scope", "openid"), ("code_challenge", null), ("code_challenge_method", null))).Error);

    [Theory]
    [InlineData(43)]
    [InlineData(64)]
    [InlineData(384)]
    public void T75_A_nonce_is_never_cut(int length) =>
        Assert.Equal(new string('n', length), Accepted(("nonce", new string('n', length))).Nonce);

    [Theory]
    [InlineData(128)]
    [InlineData(1000)]
    public void T75_A_state_is_never_cut(int length) =>
        Assert.Equal(new string('s', length), Accepted(("state", new string('s', length))).State);

    private AuthorizationRequest Accepted(params (string Name, string? Value)[] changes) =>
        Assert.IsType<AuthorizationCheck.Valid>(Check(changes)).Request;

    private AuthorizationCheck Check(params (string Name, string? Value)[] changes)
    {
        var form = new JsonObject(Portal.Change(
                Portal.Request(("client_id", "signed"), ("redirect_uri", AuthorizeServer.SignedRedirectUri), ("scope", "openid profile")), changes)
            .Select(parameter => KeyValuePair.Create(parameter.Key, (JsonNode?)parameter.Value)));
        var parameters = ((ParametersCheck.Valid)RequestParameters.FromClaims(JsonSerializer.SerializeToElement(form))).Parameters;
        return server.Services.GetRequiredService<AuthorizationRequestValidator>().Check(
            parameters, server.Services.GetRequiredService<ClientRegistry>().Find(parameters["client_id"])!,
            new RequestTransport(IsPushed: false, IsSigned: false));
    }
}
