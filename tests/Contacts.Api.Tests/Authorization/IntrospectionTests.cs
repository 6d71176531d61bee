using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Platform.Contacts.Authorization;

namespace Platform.Contacts.Tests.Authorization;

/// <summary>The issuer is asked about each token (RFC 7662).</summary>
public sealed class IntrospectionTests : IAsyncLifetime
{
    private const string Opaque = "an-opaque-token";

    private readonly ContactsServer _server = new() { Introspects = ("contacts", "s+cret") };

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task S3_42_S3_54_A_token_that_is_active_gets_contacts_whatever_its_format()
    {
        Answer(active: true);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync());
    }

    [Fact]
    public async Task S3_42_A_token_is_refused_as_soon_as_it_is_revoked()
    {
        Answer(active: true);
        await StatusAsync();
        Answer(active: false);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync());
    }

    [Theory]
    [InlineData("aud", "urn:platform:calendar-api", HttpStatusCode.Unauthorized)]
    [InlineData("iss", "https://evil.example", HttpStatusCode.Unauthorized)]
    [InlineData("exp", null, HttpStatusCode.Unauthorized)]
    [InlineData("scope", "openid", HttpStatusCode.Forbidden)]
    public async Task An_active_token_must_be_for_this_API_all_the_same(string claim, string? value, HttpStatusCode status)
    {
        Answer(active: true, claim, value);

        Assert.Equal(status, await StatusAsync());
    }

    [Fact]
    public async Task Nobody_is_judged_when_the_issuer_answers_what_cannot_be_understood()
    {
        foreach (var answer in (IResult[])[Results.StatusCode(500), Results.Text("none"), Results.Json(new[] { 1 }), Results.Unauthorized()])
        {
            _server.Introspection = _ => answer;

            Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync());
        }
    }

    [Fact]
    public async Task Nobody_is_judged_when_the_API_has_a_wrong_secret()
    {
        await using var server = new ContactsServer { Introspects = ("contacts", "wrong") };
        await server.InitializeAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(server));
    }

    [Theory]
    [InlineData("contacts", "")]
    [InlineData("", "secret")]
    public void Half_of_the_credentials_stops_the_start(string clientId, string secret)
    {
        var options = new OidcOptions
        {
            Issuer = "https://idp.example",
            ApiUrl = ContactsServer.ApiUrl,
            Introspection = new() { ClientId = clientId, ClientSecret = secret },
        };

        Assert.Contains("Oidc:Introspection", new OidcOptionsValidator().Validate(null, options).FailureMessage, StringComparison.Ordinal);
    }

    private void Answer(bool active, string? claim = null, string? value = null)
    {
        var answer = _server.Claims(change: claims =>
        {
            if (claim is not null)
            {
                claims[claim] = value;
            }
        });
        answer["active"] = active;
        _server.Introspection = token => token == Opaque ? Results.Text(answer.ToJsonString(), "application/json") : Results.StatusCode(400);
    }

    private Task<HttpStatusCode> StatusAsync() => StatusAsync(_server);

    private static async Task<HttpStatusCode> StatusAsync(ContactsServer server)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/contacts")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Opaque) },
        };
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
