using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Authorize;
using Platform.IdP.Clients;
using Platform.IdP.Protocol;
using Platform.IdP.PushedRequests;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.RequestObjects;

/// <summary>At /par: by a client of FAPI 2.0 Message Signing, after it has authenticated, and by one of the baseline.</summary>
public sealed class PushedRequestObjectTests(RequestObjectServer server) : IClassFixture<RequestObjectServer>
{
    private readonly RequestSigner _signer = new(server.Clock.GetUtcNow());

    [Theory]
    [InlineData("client_id", null, "invalid_request_object")]
    [InlineData("iss", null, "invalid_request_object")]
    [InlineData("aud", null, "invalid_request_object")]
    [InlineData("exp", null, "invalid_request_object")]
    [InlineData("nbf", null, "invalid_request_object")]
    [InlineData("request_uri", "\"urn:ietf:params:oauth:request_uri:x\"", "invalid_request_object")]
    [InlineData("redirect_uri", null, "invalid_request")]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge_method", "\"plain\"", "invalid_request")]
    [InlineData("response_type", "\"code id_token\"", "unsupported_response_type")]
    [InlineData("response_mode", "\"query\"", "invalid_request")]
    public async Task T31_T77_A_signed_request_of_FAPI_has_all_claims(string name, string? json, string error) =>
        Assert.Equal(error, (await RefusedAsync(Claims((name, json is null ? null : JsonNode.Parse(json))))).Error);

    [Theory]
    [InlineData(0, -1)]
    [InlineData(0, 0)]
    [InlineData(0, 3601)]
    [InlineData(-3601, 300)]
    [InlineData(-3700, -100)]
    [InlineData(11, 300)]
    [InlineData(3600, 3700)]
    public async Task T31_The_lifetime_is_bounded_on_both_sides(int notBefore, int expires) => Assert.Equal(
        "invalid_request_object",
        (await RefusedAsync(Claims(("nbf", _signer.Seconds(notBefore)), ("exp", _signer.Seconds(expires))))).Error);

    [Theory]
    [InlineData(8, 300)]
    [InlineData(0, 3600)]
    [InlineData(-3500, 60)]
    public async Task T31_A_clock_that_goes_ahead_and_a_long_life_are_accepted(int notBefore, int expires) =>
        await AcceptedAsync(Claims(("nbf", _signer.Seconds(notBefore)), ("exp", _signer.Seconds(expires))));

    [Fact]
    public async Task T31_Other_audiences_beside_the_issuer_are_accepted() =>
        await AcceptedAsync(Claims(("aud", new JsonArray(IdpServer.Issuer, "https://other1.example.com", "invalid"))));

    [Fact]
    public async Task T31_Other_audiences_alone_are_not() => Assert.Equal("invalid_request_object",
        (await RefusedAsync(Claims(("aud", new JsonArray("https://other1.example.com"))))).Error);

    [Fact]
    public async Task T30_T76_RS256_is_refused_of_FAPI_clients() => Assert.Equal(
        "invalid_request_object", (await RefusedAsync(RequestSigner.Sign(Claims(), RequestSigner.Rs256))).Error);

    [Fact]
    public async Task T76_PS256_is_accepted_of_FAPI_clients() =>
        await AcceptedAsync(RequestSigner.Sign(Claims(), RequestSigner.Ps256));

    [Fact]
    public async Task T79_A_request_that_is_not_signed_is_refused()
    {
        var plain = JsonSerializer.SerializeToElement(Claims());

        var refused = Assert.IsType<AuthorizationCheck.Refused>(await ReadAsync(plain, server.Services));

        Assert.Equal("invalid_request", refused.Error);
    }

    [Fact]
    public async Task T34_T79_The_answers_of_message_signing_are_signed() =>
        Assert.Equal(ResponseModes.QueryJwt, (await AcceptedAsync(Claims())).ResponseMode);

    [Fact]
    public async Task T75_A_long_nonce_and_a_long_state_are_kept_whole()
    {
        var (nonce, state) = (new string('n', 384), new string('s', 1000));

        var request = await AcceptedAsync(Claims(("nonce", nonce), ("state", state)));

        Assert.Equal((nonce, state), (request.Nonce, request.State));
    }

    [Fact]
    public async Task T42_The_key_that_the_code_shall_be_bound_to_is_kept() => Assert.Equal(
        Portal.Challenge, (await AcceptedAsync(Claims(("dpop_jkt", Portal.Challenge)))).DpopKeyThumbprint);

    [Fact]
    public async Task T24_Is_pushed_with_nothing_beside_it_and_leads_to_a_code()
    {
        using var portal = new Portal(server);
        using var pushed = await PushAsync(portal, RequestSigner.Sign(Baseline()));
        Assert.Equal(HttpStatusCode.Created, pushed.StatusCode);
        var requestUri = (await Portal.Json(pushed)).GetProperty("request_uri").GetString()!;

        using var response = await portal.SubmitAsync(await portal.OpenLoginAsync(
            $"/authorize?client_id=signer&request_uri={Uri.EscapeDataString(requestUri)}&state=outer"));

        Assert.Equal("the inner state", Portal.Answer(response, RequestObjectServer.SignerRedirectUri)["state"]);
    }

    [Fact]
    public async Task T30_A_bad_object_is_told_to_the_client()
    {
        using var portal = new Portal(server);
        using var response = await PushAsync(portal, RequestSigner.Sign(Baseline(), RequestSigner.Stranger));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid_request_object", (await Portal.Json(response)).GetProperty("error").GetString());
    }

    private static Task<HttpResponseMessage> PushAsync(Portal portal, string requestObject) => portal.Backchannel.PostAsync(
        "/par", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["request"] = requestObject,
            ["client_id"] = "signer",
            ["client_secret"] = "the-signer-has-a-secret",
        }));

    private JsonObject Baseline() => _signer.Claims("signer", RequestObjectServer.SignerRedirectUri);

    private JsonObject Claims(params (string Name, JsonNode? Value)[] changes) =>
        _signer.Claims("fapi", RequestObjectServer.FapiRedirectUri, changes);

    private Task<AuthorizationCheck.Refused> RefusedAsync(JsonObject claims) => RefusedAsync(RequestSigner.Sign(claims));

    private async Task<AuthorizationCheck.Refused> RefusedAsync(string requestObject) =>
        Assert.IsType<AuthorizationCheck.Refused>(await ReadAsync(Form(requestObject), server.Services));

    private Task<AuthorizationRequest> AcceptedAsync(JsonObject claims) => AcceptedAsync(RequestSigner.Sign(claims));

    private async Task<AuthorizationRequest> AcceptedAsync(string requestObject) =>
        Assert.IsType<AuthorizationCheck.Valid>(await ReadAsync(Form(requestObject), server.Services)).Request;

    private static JsonElement Form(string requestObject) =>
        JsonSerializer.SerializeToElement(new JsonObject { ["request"] = requestObject });

    private static Task<AuthorizationCheck> ReadAsync(JsonElement form, IServiceProvider services) =>
        services.GetRequiredService<PushedRequestReader>().ReadAsync(
            ((ParametersCheck.Valid)RequestParameters.FromClaims(form)).Parameters,
            services.GetRequiredService<ClientRegistry>().Find("fapi")!,
            TestContext.Current.CancellationToken);
}
