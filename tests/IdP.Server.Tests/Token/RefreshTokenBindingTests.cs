using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Clients;
using Platform.IdP.Grants;
using Platform.IdP.Protocol;
using Platform.IdP.Tests.Running;
using Platform.IdP.Token;
using Platform.Tokens.AccessTokens;

namespace Platform.IdP.Tests.Token;

/// <summary>What the refresh grant makes of the key that the client shows; how it shows one is tested elsewhere.</summary>
public sealed class RefreshTokenBindingTests(TokenServer server) : IClassFixture<TokenServer>
{
    private static readonly Confirmation Key = new("the-thumbprint-of-a-key", null);
    private static readonly Confirmation OtherKey = new("the-thumbprint-of-another-key", null);
    private static readonly Confirmation Certificate = new(null, "the-thumbprint-of-a-certificate");
    private static readonly Confirmation OtherCertificate = new(null, "the-thumbprint-of-another");

    public static TheoryData<string> Kinds => ["key", "certificate"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task T44_T68_A_public_clients_token_is_bound_to_its_key(string kind)
    {
        var (own, other) = kind == "key" ? (Key, OtherKey) : (Certificate, OtherCertificate);
        var token = await IssueAsync("spa", own);

        foreach (var shown in new[] { other, null })
        {
            var refused = Assert.IsType<TokenCheck.Refused>(await RefreshAsync("spa", token, shown));
            Assert.Equal("invalid_grant", refused.Error);
        }

        var response = Assert.IsType<TokenCheck.Issued>(await RefreshAsync("spa", token, own)).Response;
        Assert.Equal(kind == "key" ? "DPoP" : "Bearer", response.TokenType);

        // And so is the one that follows it.
        Assert.IsType<TokenCheck.Refused>(await RefreshAsync("spa", response.RefreshToken!, other));
        Assert.IsType<TokenCheck.Issued>(await RefreshAsync("spa", response.RefreshToken!, own));
    }

    [Fact]
    public async Task T78_A_FAPI_clients_token_stays_the_same_and_binds_access_tokens_to_whatever_key_is_shown()
    {
        var token = await IssueAsync("fapi", Key);

        foreach (var shown in new[] { Key, OtherKey, Key })
        {
            var response = Assert.IsType<TokenCheck.Issued>(await RefreshAsync("fapi", token, shown)).Response;
            Assert.Null(response.RefreshToken);
            Assert.Equal("DPoP", response.TokenType);
            Assert.Equal(shown.KeyThumbprint,
                Portal.Claims(response.AccessToken).GetProperty("cnf").GetProperty("jkt").GetString());
        }
    }

    [Fact]
    public async Task T78_A_FAPI_clients_token_slides_too_and_ends_when_it_is_not_used()
    {
        var token = await IssueAsync("fapi", Key);
        server.Clock.Advance(TimeSpan.FromDays(6));
        Assert.IsType<TokenCheck.Issued>(await RefreshAsync("fapi", token, Key));
        server.Clock.Advance(TimeSpan.FromDays(6));
        Assert.IsType<TokenCheck.Issued>(await RefreshAsync("fapi", token, Key));
        server.Clock.Advance(TimeSpan.FromDays(7));

        Assert.IsType<TokenCheck.Refused>(await RefreshAsync("fapi", token, Key));
    }

    private Client Client(string id) => server.Services.GetRequiredService<ClientRegistry>().Find(id)!;

    private async Task<string> IssueAsync(string clientId, Confirmation confirmation)
    {
        var grant = new AuthorizationGrant
        {
            Id = Handle.New(),
            ClientId = clientId,
            Subject = "5f1c3a0e-7b42-4d0b-9a51-2f6d8c9e4b10",
            Scopes = ["openid", "offline_access"],
            AuthenticatedAt = server.Clock.GetUtcNow(),
        };
        await server.Services.GetRequiredService<AuthorizationGrantStore>().SaveAsync(grant);
        var response = await server.Services.GetRequiredService<TokenIssuer>().IssueAsync(new Issuance
        {
            Client = Client(clientId),
            Grant = grant,
            Scopes = grant.Scopes,
            Confirmation = confirmation,
            WithRefreshToken = true,
        });
        return response.RefreshToken!;
    }

    private async Task<TokenCheck> RefreshAsync(string clientId, string token, Confirmation? confirmation)
    {
        var http = new DefaultHttpContext();
        http.Request.ContentType = "application/x-www-form-urlencoded";
        http.Request.Body = new MemoryStream(Encoding.ASCII.GetBytes($"refresh_token={token}"));
        var form = (ParametersCheck.Valid)await RequestParameters.FromFormAsync(http.Request, TestContext.Current.CancellationToken);
        return await server.Services.GetServices<IGrant>().OfType<RefreshTokenGrant>().Single().ExchangeAsync(
            new TokenRequest(Client(clientId), form.Parameters, confirmation), TestContext.Current.CancellationToken);
    }
}
