using Microsoft.Extensions.Primitives;
using Platform.Tokens.DPoP;
using Platform.Tokens.Jose;
using Platform.Tokens.ResourceRequests;

namespace Platform.Tokens.Tests.ResourceRequests;

public sealed class DPoPRequestTests : IAsyncLifetime
{
    private readonly ResourceCaller _caller = new();

    public ValueTask InitializeAsync() => _caller.InitializeAsync();

    public ValueTask DisposeAsync() => _caller.DisposeAsync();

    [Fact]
    public async Task Accepts_a_token_with_the_proof_of_its_key()
    {
        var token = _caller.Token(ResourceCaller.BoundToKey);

        var valid = Assert.IsType<ResourceRequestCheck.Valid>(await _caller.Validate($"DPoP {token}", _caller.Proof(token)));

        Assert.Equal((ResourceCaller.BoundToKey, ResourceCaller.Key.PublicKey.Thumbprint), (valid.Token.Confirmation, valid.Proof?.Thumbprint));
    }

    [Fact]
    public async Task T43_refuses_a_bound_token_under_the_scheme_Bearer_even_with_its_proof()
    {
        var token = _caller.Token(ResourceCaller.BoundToKey);

        ResourceCaller.Refuses(401, "invalid_token", "The token is bound to a key (cnf), whose possession was not shown.",
            ["Bearer error=\"invalid_token\"", $"DPoP {ResourceCaller.Algorithms}"], await _caller.Validate($"Bearer {token}", _caller.Proof(token)));
    }

    [Fact]
    public async Task T43_refuses_a_bearer_token_under_the_scheme_DPoP()
    {
        var token = _caller.Token();

        ResourceCaller.RefusesDPoP("invalid_token", "The token is not bound to a key (cnf), but was shown with a proof.",
            await _caller.Validate($"DPoP {token}", _caller.Proof(token)));
    }

    [Fact]
    public async Task T43_refuses_a_token_without_proof() =>
        ResourceCaller.RefusesDPoP("invalid_dpop_proof", "No proof was sent.", await _caller.Validate($"DPoP {_caller.Token(ResourceCaller.BoundToKey)}"));

    [Fact]
    public async Task T37_refuses_two_proofs()
    {
        var token = _caller.Token(ResourceCaller.BoundToKey);

        ResourceCaller.RefusesDPoP("invalid_dpop_proof", "More than one proof was sent.",
            await _caller.Validate($"DPoP {token}", new StringValues([_caller.Proof(token), _caller.Proof(token)])));
    }

    [Fact]
    public async Task T37_refuses_two_proofs_in_one_header()
    {
        var token = _caller.Token(ResourceCaller.BoundToKey);

        ResourceCaller.RefusesDPoP("invalid_dpop_proof", "The token has not exactly three parts.",
            await _caller.Validate($"DPoP {token}", $"{_caller.Proof(token)}, {_caller.Proof(token)}"));
    }

    [Fact]
    public async Task T43_refuses_the_proof_of_another_key()
    {
        var token = _caller.Token(ResourceCaller.BoundToKey);

        ResourceCaller.RefusesDPoP("invalid_token", "The token is bound to a key (cnf), whose possession was not shown.",
            await _caller.Validate($"DPoP {token}", _caller.Proof(token, TestKeys.Es256)));
    }

    [Fact]
    public async Task T43_refuses_the_proof_for_another_token() => ResourceCaller.RefusesDPoP(
        "invalid_dpop_proof", "The proof is not for this access token (ath).",
        await _caller.Validate($"DPoP {_caller.Token(ResourceCaller.BoundToKey)}", _caller.Proof("another")));

    [Fact]
    public async Task T37_refuses_a_proof_for_another_address()
    {
        var token = _caller.Token(ResourceCaller.BoundToKey);
        var proof = DPoPProofs.Create(ResourceCaller.Key, "GET", "https://api.example/other", null, token, _caller.Clock.GetUtcNow());

        ResourceCaller.RefusesDPoP("invalid_dpop_proof", "The address (htu) is another one.", await _caller.Validate($"DPoP {token}", proof));
    }

    [Fact]
    public void An_authorization_server_checks_with_its_own_keys()
    {
        var token = _caller.Token(ResourceCaller.BoundToKey);
        var request = new ResourceRequest("GET", ResourceCaller.Address, $"DPoP {token}", _caller.Proof(token));

        Assert.IsType<ResourceRequestCheck.Valid>(ResourceRequestValidator.Validate(
            request, TestKeys.Set, _caller.Rules, DPoPRules.Default, _caller.Clock.GetUtcNow()));
        ResourceCaller.RefusesDPoP("invalid_token", "The key (kid) is not one of the issuer's.", ResourceRequestValidator.Validate(
            request, new JsonWebKeySet([]), _caller.Rules, DPoPRules.Default, _caller.Clock.GetUtcNow()));
    }
}
