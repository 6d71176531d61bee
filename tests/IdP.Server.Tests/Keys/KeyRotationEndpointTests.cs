using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Keys;

public sealed class KeyRotationEndpointTests(IdpServer server) : IClassFixture<IdpServer>
{
    [Fact]
    public async Task New_keys_are_published_and_used_and_the_old_ones_still_published()
    {
        using var portal = new Portal(server);
        var before = await PublishedAsync(portal);
        var earlier = (await portal.SignInAsync()).GetProperty("access_token").GetString()!;

        using var response = await RotateAsync(await TokenAsync(portal), null);
        var keys = (await Portal.Json(response)).GetProperty("keys").EnumerateArray().ToList();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
        var published = await PublishedAsync(portal);
        Assert.Superset(before, published);
        Assert.Equal(published, keys.Select(key => key.GetProperty("kid").GetString()!).ToHashSet());
        var active = keys.Where(key => key.GetProperty("state").GetString() == "active")
            .ToDictionary(key => key.GetProperty("alg").GetString()!, key => key.GetProperty("kid").GetString()!);
        Assert.DoesNotContain(active["ES256"], before);
        Assert.DoesNotContain(active["RS256"], before);
        using var newcomer = new Portal(server);
        var later = (await newcomer.SignInAsync()).GetProperty("access_token").GetString()!;
        Assert.Equal(active["ES256"], KeyId(later));
        foreach (var token in new[] { earlier, later })
        {
            using var answer = await portal.GetWithTokenAsync("/userinfo", token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task One_algorithm_can_be_named()
    {
        using var portal = new Portal(server);

        using var response = await RotateAsync(await TokenAsync(portal), """{"alg":"PS256"}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var keys = (await Portal.Json(response)).GetProperty("keys").EnumerateArray().ToList();
        Assert.All(keys, key => Assert.Equal("PS256", key.GetProperty("alg").GetString()));
        Assert.Single(keys, key => key.GetProperty("state").GetString() == "active");
    }

    [Fact]
    public async Task T20_Refuses_a_call_without_a_token()
    {
        using var response = await RotateAsync(null, null);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer, DPoP algs=\"ES256 PS256\"", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task T20_Refuses_a_token_that_is_none()
    {
        using var response = await RotateAsync("nonsense", null);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer error=\"invalid_token\"", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Refuses_an_administrators_token_for_something_else()
    {
        using var portal = new Portal(server);
        using var response = await RotateAsync(await portal.GetAdminTokenAsync(), null);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("Bearer error=\"insufficient_scope\", scope=\"keys.rotate\"", response.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [InlineData("""{"alg":"HS256"}""")]
    [InlineData("""{"alg":"es256"}""")]
    [InlineData("""{"alg":0}""")]
    [InlineData("""{"algorithm":"ES256"}""")]
    [InlineData("""{"alg":"ES256","alg":"RS256"}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("nonsense")]
    public async Task Refuses_a_body_that_cannot_be_understood(string json)
    {
        using var portal = new Portal(server);
        using var response = await RotateAsync(await TokenAsync(portal), json);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("alg", (await Portal.Json(response)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_body_that_is_not_JSON()
    {
        using var portal = new Portal(server);
        using var response = await RotateAsync(await TokenAsync(portal), "alg=ES256", "application/x-www-form-urlencoded");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("The body must be JSON, or empty.", (await Portal.Json(response)).GetProperty("detail").GetString());
    }

    private static async Task<string> TokenAsync(Portal portal)
    {
        using var response = await portal.PostAsync("/token",
            new() { ["grant_type"] = "client_credentials", ["scope"] = "keys.rotate" }, "admin-cli", IdpServer.AdminSecret);
        return (await Portal.Json(response)).GetProperty("access_token").GetString()!;
    }

    private async Task<HttpResponseMessage> RotateAsync(string? token, string? body, string mediaType = "application/json")
    {
        using var client = server.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/keys/rotate");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, mediaType);
        return await client.SendAsync(request);
    }

    private static async Task<HashSet<string>> PublishedAsync(Portal portal)
    {
        using var response = await portal.Backchannel.GetAsync("/jwks");
        return [.. (await Portal.Json(response)).GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()!)];
    }

    private static string KeyId(string token) => JsonSerializer.Deserialize<JsonElement>(
        System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[0])).GetProperty("kid").GetString()!;
}
