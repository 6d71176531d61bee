using System.Net;
using System.Text.Json.Nodes;

namespace Platform.Contacts.Tests.Authorization;

public sealed class AccessTokenHandlerTests : IAsyncLifetime
{
    private const string InvalidToken = "Bearer error=\"invalid_token\"";
    private const string InvalidRequest = "Bearer error=\"invalid_request\"";

    private readonly ContactsServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Challenges_without_an_error_when_there_is_no_token()
    {
        await Refuses(HttpStatusCode.Unauthorized, "Bearer");
        await Refuses(HttpStatusCode.Unauthorized, "Bearer", "Basic YTpi");
        await Refuses(HttpStatusCode.Unauthorized, "Bearer", "BearerToken x");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("a.b.c")]
    public Task Refuses_what_is_no_token(string token) =>
        Refuses(HttpStatusCode.Unauthorized, InvalidToken, $"Bearer {token}");

    [Theory]
    [InlineData("iss", "https://evil.example")]
    [InlineData("aud", "urn:platform:calendar-api")]
    [InlineData("exp", null)]
    public Task Refuses_a_token_that_is_not_for_this_API(string claim, string? value) =>
        Refuses(
            HttpStatusCode.Unauthorized, InvalidToken, $"Bearer {_server.Token(change: claims => claims[claim] = value)}");

    [Fact]
    public Task Refuses_an_expired_token() =>
        Refuses(HttpStatusCode.Unauthorized, InvalidToken, $"Bearer {_server.Token(change: Expire)}");

    [Fact]
    public Task Refuses_an_ID_token() =>
        Refuses(HttpStatusCode.Unauthorized, InvalidToken, $"Bearer {_server.Token(type: "JWT")}");

    [Theory]
    [InlineData("openid profile")]
    [InlineData("contacts.readwrite CONTACTS.READ")]
    [InlineData(null)]
    public Task Refuses_a_token_without_the_scope(string? scope) => Refuses(
        HttpStatusCode.Forbidden, "Bearer error=\"insufficient_scope\", scope=\"contacts.read\"",
        $"Bearer {_server.Token(change: claims => claims["scope"] = scope)}");

    [Fact]
    public async Task R10_refuses_a_token_in_the_address()
    {
        await Refuses(HttpStatusCode.BadRequest, InvalidRequest, path: $"/contacts?access_token={_server.Token()}");
        await Refuses(
            HttpStatusCode.BadRequest, InvalidRequest, $"Bearer {_server.Token()}", "/contacts?access_token=x");
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    public Task Refuses_a_malformed_header(string header) => Refuses(HttpStatusCode.BadRequest, InvalidRequest, header);

    [Fact]
    public async Task Takes_the_scheme_in_any_case() =>
        Assert.Equal(HttpStatusCode.OK, (await GetAsync($"bearer {_server.Token()}")).StatusCode);

    [Fact]
    public async Task Says_503_when_the_issuer_cannot_be_reached()
    {
        _server.IsIssuerDown = true;

        using var response = await GetAsync($"Bearer {_server.Token()}");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
        Assert.Empty(response.Headers.WwwAuthenticate);
    }

    private static void Expire(JsonObject claims) => claims["exp"] = claims["iat"]!.GetValue<long>() - 11;

    private async Task Refuses(HttpStatusCode status, string challenge, string? authorization = null, string path = "/contacts")
    {
        using var response = await GetAsync(authorization, path);

        Assert.Equal(status, response.StatusCode);
        var challenges = response.Headers.NonValidated["WWW-Authenticate"].ToList();
        Assert.Equal(challenge, challenges[0]);
        Assert.StartsWith("DPoP ", challenges[1], StringComparison.Ordinal);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    private async Task<HttpResponseMessage> GetAsync(string? authorization, string path = "/contacts")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return await _server.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
