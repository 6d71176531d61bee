using Microsoft.Extensions.Primitives;
using Platform.Tokens.AccessTokens;
using Platform.Tokens.ResourceRequests;

namespace Platform.Tokens.Tests.ResourceRequests;

public sealed class BearerRequestTests : IAsyncLifetime
{
    private readonly ResourceCaller _caller = new();

    public ValueTask InitializeAsync() => _caller.InitializeAsync();

    public ValueTask DisposeAsync() => _caller.DisposeAsync();

    [Fact]
    public async Task Accepts_a_bearer_token()
    {
        var valid = Assert.IsType<ResourceRequestCheck.Valid>(await _caller.Validate($"Bearer {_caller.Token()}"));

        Assert.Equal(("ada", null), (valid.Token.Subject, valid.Proof));
    }

    [Theory]
    [InlineData("bearer")]
    [InlineData("BEARER")]
    public async Task Reads_the_scheme_without_regard_to_case(string scheme) =>
        Assert.IsType<ResourceRequestCheck.Valid>(await _caller.Validate($"{scheme}  {_caller.Token()}"));

    [Fact]
    public async Task T68_accepts_a_token_with_the_certificate_that_it_is_bound_to() => Assert.IsType<ResourceRequestCheck.Valid>(
        await _caller.Validate($"Bearer {_caller.Token(new Confirmation(null, ResourceCaller.Certificate))}", certificate: ResourceCaller.Certificate));

    [Fact]
    public async Task T68_refuses_a_token_with_another_certificate()
    {
        var token = _caller.Token(new Confirmation(null, ResourceCaller.Certificate));

        ResourceCaller.Refuses(401, "invalid_token", "The token is bound to a key (cnf), whose possession was not shown.",
            ["Bearer error=\"invalid_token\"", $"DPoP {ResourceCaller.Algorithms}"], await _caller.Validate($"Bearer {token}"));
    }

    [Fact]
    public async Task T20_asks_for_a_token_without_naming_an_error() => ResourceCaller.Refuses(
        401, null, "No token was sent.", ["Bearer", $"DPoP {ResourceCaller.Algorithms}"], await _caller.Validate(default));

    [Theory]
    [InlineData("Basic YTpi")]
    [InlineData("DPoPs token")]
    public async Task Asks_for_a_token_when_there_is_another_scheme(string authorization) => ResourceCaller.Refuses(
        401, null, "The scheme is neither Bearer nor DPoP.", ["Bearer", $"DPoP {ResourceCaller.Algorithms}"], await _caller.Validate(authorization));

    [Fact]
    public async Task T20_refuses_two_tokens() => ResourceCaller.Refuses(
        400, "invalid_request", "More than one token was sent.", ["Bearer error=\"invalid_request\"", $"DPoP {ResourceCaller.Algorithms}"],
        await _caller.Validate(new StringValues(["Bearer a", "Bearer b"])));

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("DPoP")]
    [InlineData("Bearer a b")]
    [InlineData("Bearer a, Bearer b")]
    public async Task Refuses_a_header_without_one_token(string authorization) => ResourceCaller.Refuses(
        400, "invalid_request", "The header Authorization has no token after its scheme.",
        ["Bearer error=\"invalid_request\"", $"DPoP {ResourceCaller.Algorithms}"], await _caller.Validate(authorization));
}
