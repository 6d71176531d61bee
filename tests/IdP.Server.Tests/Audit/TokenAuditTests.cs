using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Audit;

public sealed class TokenAuditTests(AuditServer server) : IClassFixture<AuditServer>, IDisposable
{
    private const string Ada = "5f1c3a0e-7b42-4d0b-9a51-2f6d8c9e4b10";

    private readonly App _app = new(server);

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_token_is_told_with_whom_and_what_it_is_for()
    {
        await _app.SignInAsync("openid contacts.read");

        var told = server.Record.Last("TokenIssued");
        Assert.Equal((200, "authorization_code", "app", Ada), (told.Id, told["GrantType"], told["ClientId"], told["Subject"]));
        Assert.Equal(("openid contacts.read", "127.0.0.1"), (told["Scopes"], told["ClientAddress"]));
        Assert.Contains(TokenServer.Contacts, told["Resources"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_told_with_its_reason()
    {
        using var known = await _app.RedeemAsync("no-code-of-this-server");
        var told = server.Record.Last("TokenRefused");
        Assert.Equal((201, "authorization_code", "app", "invalid_grant", "the code is unknown or has expired"),
            (told.Id, told["GrantType"], told["ClientId"], told["Error"], told["Reason"]));

        using var unknown = await _app.Portal.PostAsync("/token", new() { ["grant_type"] = "client_credentials" }, "nobody", "no-secret-of-a-client");
        told = server.Record.Last("TokenRefused");
        Assert.Equal(("none", "unknown", "invalid_client"), (told["GrantType"], told["ClientId"], told["Error"]));
    }

    [Fact]
    public async Task A_code_that_is_used_twice_is_told()
    {
        var code = await _app.GetCodeAsync();
        using var first = await _app.RedeemAsync(code);
        using var second = await _app.RedeemAsync(code);

        var told = server.Record.Last("CodeReplayed");
        Assert.Equal((211, "app", Ada), (told.Id, told["ClientId"], told["Subject"]));
    }

    [Fact]
    public async Task A_refresh_token_that_is_used_twice_is_told()
    {
        var token = (await _app.SignInAsync()).RefreshToken();
        using var first = await _app.RefreshAsync(token);
        using var second = await _app.RefreshAsync(token);

        var told = server.Record.Last("RefreshTokenReused");
        Assert.Equal((210, "app", Ada), (told.Id, told["ClientId"], told["Subject"]));
    }

    [Theory]
    [InlineData("access_token", "access token")]
    [InlineData("refresh_token", "refresh token")]
    public async Task A_token_that_its_client_revokes_is_told(string member, string kind)
    {
        var tokens = await _app.SignInAsync();
        using var revoked = await _app.PostAsync("/revoke", new() { ["token"] = tokens.GetProperty(member).GetString()! });

        var told = server.Record.Last("TokenRevoked");
        Assert.Equal((202, "app", kind, Ada), (told.Id, told["ClientId"], told["Kind"], told["Subject"]));
    }
}
