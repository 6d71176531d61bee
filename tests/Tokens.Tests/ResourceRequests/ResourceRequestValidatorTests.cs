using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;
using Platform.Tokens.AccessTokens;
using Platform.Tokens.DPoP;
using Platform.Tokens.Jose;
using Platform.Tokens.ResourceRequests;

namespace Platform.Tokens.Tests.ResourceRequests;

public sealed class ResourceRequestValidatorTests : IAsyncLifetime
{
    private const string Address = "https://api.example/contacts";
    private const string Audience = "urn:example:api";
    private const string Certificate = "A4DtL2JmUMhAsvJj5tKyn64SqzmuXbMrJa0n761y5v0";
    private const string Algorithms = "algs=\"ES256 PS256\"";

    private static readonly SigningKey Key = TestKeys.Foreign;
    private static readonly Confirmation BoundToKey = new(Key.PublicKey.Thumbprint);

    private readonly TestProvider _provider = new();

    public ValueTask InitializeAsync() => _provider.InitializeAsync();

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Fact]
    public async Task Accepts_a_bearer_token()
    {
        var valid = Assert.IsType<ResourceRequestCheck.Valid>(await Validate($"Bearer {Token()}"));

        Assert.Equal(("ada", null), (valid.Token.Subject, valid.Proof));
    }

    [Fact]
    public async Task Accepts_a_token_with_the_proof_of_its_key()
    {
        var token = Token(BoundToKey);

        var valid = Assert.IsType<ResourceRequestCheck.Valid>(await Validate($"DPoP {token}", Proof(token)));

        Assert.Equal((BoundToKey, Key.PublicKey.Thumbprint), (valid.Token.Confirmation, valid.Proof?.Thumbprint));
    }

    [Theory]
    [InlineData("bearer")]
    [InlineData("BEARER")]
    public async Task Reads_the_scheme_without_regard_to_case(string scheme) =>
        Assert.IsType<ResourceRequestCheck.Valid>(await Validate($"{scheme}  {Token()}"));

    [Fact]
    public async Task T68_accepts_a_token_with_the_certificate_that_it_is_bound_to() => Assert.IsType<ResourceRequestCheck.Valid>(
        await Validate($"Bearer {Token(new Confirmation(null, Certificate))}", certificate: Certificate));

    [Fact]
    public async Task T68_refuses_a_token_with_another_certificate()
    {
        var token = Token(new Confirmation(null, Certificate));

        Refuses(401, "invalid_token", "The token is bound to a key (cnf), whose possession was not shown.",
            ["Bearer error=\"invalid_token\"", $"DPoP {Algorithms}"], await Validate($"Bearer {token}"));
    }

    [Fact]
    public async Task T20_asks_for_a_token_without_naming_an_error() => Refuses(
        401, null, "No token was sent.", ["Bearer", $"DPoP {Algorithms}"], await Validate(default));

    [Theory]
    [InlineData("Basic YTpi")]
    [InlineData("DPoPs token")]
    public async Task Asks_for_a_token_when_there_is_another_scheme(string authorization) => Refuses(
        401, null, "The scheme is neither Bearer nor DPoP.", ["Bearer", $"DPoP {Algorithms}"], await Validate(authorization));

    [Fact]
    public async Task T20_refuses_two_tokens() => Refuses(
        400, "invalid_request", "More than one token was sent.", ["Bearer error=\"invalid_request\"", $"DPoP {Algorithms}"],
        await Validate(new StringValues(["Bearer a", "Bearer b"])));

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("DPoP")]
    [InlineData("Bearer a b")]
    [InlineData("Bearer a, Bearer b")]
    public async Task Refuses_a_header_without_one_token(string authorization) => Refuses(
        400, "invalid_request", "The header Authorization has no token after its scheme.",
        ["Bearer error=\"invalid_request\"", $"DPoP {Algorithms}"], await Validate(authorization));

    [Fact]
    public async Task T43_refuses_a_bound_token_under_the_scheme_Bearer_even_with_its_proof()
    {
        var token = Token(BoundToKey);

        Refuses(401, "invalid_token", "The token is bound to a key (cnf), whose possession was not shown.",
            ["Bearer error=\"invalid_token\"", $"DPoP {Algorithms}"], await Validate($"Bearer {token}", Proof(token)));
    }

    [Fact]
    public async Task T43_refuses_a_bearer_token_under_the_scheme_DPoP()
    {
        var token = Token();

        RefusesDPoP("invalid_token", "The token is not bound to a key (cnf), but was shown with a proof.",
            await Validate($"DPoP {token}", Proof(token)));
    }

    [Fact]
    public async Task T43_refuses_a_token_without_proof() =>
        RefusesDPoP("invalid_dpop_proof", "No proof was sent.", await Validate($"DPoP {Token(BoundToKey)}"));

    [Fact]
    public async Task T37_refuses_two_proofs()
    {
        var token = Token(BoundToKey);

        RefusesDPoP("invalid_dpop_proof", "More than one proof was sent.",
            await Validate($"DPoP {token}", new StringValues([Proof(token), Proof(token)])));
    }

    [Fact]
    public async Task T37_refuses_two_proofs_in_one_header()
    {
        var token = Token(BoundToKey);

        RefusesDPoP("invalid_dpop_proof", "The token has not exactly three parts.",
            await Validate($"DPoP {token}", $"{Proof(token)}, {Proof(token)}"));
    }

    [Fact]
    public async Task T43_refuses_the_proof_of_another_key()
    {
        var token = Token(BoundToKey);

        RefusesDPoP("invalid_token", "The token is bound to a key (cnf), whose possession was not shown.",
            await Validate($"DPoP {token}", Proof(token, TestKeys.Es256)));
    }

    [Fact]
    public async Task T43_refuses_the_proof_for_another_token() => RefusesDPoP(
        "invalid_dpop_proof", "The proof is not for this access token (ath).",
        await Validate($"DPoP {Token(BoundToKey)}", Proof("another")));

    [Fact]
    public async Task T37_refuses_a_proof_for_another_address()
    {
        var token = Token(BoundToKey);
        var proof = DPoPProofs.Create(Key, "GET", "https://api.example/other", null, token, _provider.Clock.GetUtcNow());

        RefusesDPoP("invalid_dpop_proof", "The address (htu) is another one.", await Validate($"DPoP {token}", proof));
    }

    [Fact]
    public void An_authorization_server_checks_with_its_own_keys()
    {
        var token = Token(BoundToKey);
        var request = new ResourceRequest("GET", Address, $"DPoP {token}", Proof(token));

        Assert.IsType<ResourceRequestCheck.Valid>(ResourceRequestValidator.Validate(
            request, TestKeys.Set, Rules, DPoPRules.Default, _provider.Clock.GetUtcNow()));
        RefusesDPoP("invalid_token", "The key (kid) is not one of the issuer's.", ResourceRequestValidator.Validate(
            request, new JsonWebKeySet([]), Rules, DPoPRules.Default, _provider.Clock.GetUtcNow()));
    }

    private AccessTokenRules Rules => new(_provider.Issuer, Audience, TimeSpan.FromSeconds(10));

    private string Token(Confirmation? confirmation = null)
    {
        var now = _provider.Clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = _provider.Issuer,
            ["sub"] = "ada",
            ["aud"] = Audience,
            ["client_id"] = "bff-server",
            ["iat"] = now,
            ["exp"] = now + 300,
            ["jti"] = "at-1",
        };
        if (confirmation is not null)
        {
            claims["cnf"] = confirmation.ToJson();
        }

        return Jwt.Sign(TestKeys.Es256, "at+jwt", claims);
    }

    private string Proof(string token, SigningKey? key = null) =>
        DPoPProofs.Create(key ?? Key, "GET", $"{Address}?page=1", null, token, _provider.Clock.GetUtcNow());

    private ValueTask<ResourceRequestCheck> Validate(
        StringValues authorization, StringValues proof = default, string? certificate = null) =>
        new ResourceRequestValidator(
                new AccessTokenValidator(_provider.Client(), Rules, _provider.Clock), DPoPRules.Default, _provider.Clock)
            .ValidateAsync(
                new ResourceRequest("GET", Address, authorization, proof, certificate), TestContext.Current.CancellationToken);

    private static void RefusesDPoP(string error, string reason, ResourceRequestCheck check) =>
        Refuses(401, error, reason, [$"DPoP error=\"{error}\", {Algorithms}"], check);

    private static void Refuses(
        int status, string? error, string reason, string[] challenge, ResourceRequestCheck check) =>
        Assert.Equal(new ResourceRequestCheck.Refused(status, error, reason, challenge), check);
}
