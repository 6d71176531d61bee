using System.Net;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Signals.Streams;

/// <summary>Who may do what: CAEP interoperability profile section 2.7.</summary>
public sealed class StreamAccessTests(StreamsServer server) : IClassFixture<StreamsServer>
{
    private static readonly (string Method, string Path, bool Reads)[] Operations =
    [
        ("GET", "/ssf/streams", true), ("POST", "/ssf/streams", false), ("PATCH", "/ssf/streams", false), ("PUT", "/ssf/streams", false),
        ("DELETE", "/ssf/streams?stream_id=x", false), ("GET", "/ssf/status?stream_id=x", true), ("POST", "/ssf/status", false),
        ("POST", "/ssf/subjects/add", false), ("POST", "/ssf/subjects/remove", false), ("POST", "/ssf/verification", false),
        ("POST", "/ssf/poll/x", true),
    ];

    public static TheoryData<string, string, bool> AllOperations => [.. Operations.Select(one => (one.Method, one.Path, one.Reads))];

    [Theory]
    [MemberData(nameof(AllOperations))]
    public async Task No_operation_without_a_token_that_allows_it(string method, string path, bool reads)
    {
        using var receiver = new Receiver(server);
        var body = method is "GET" or "DELETE" ? null : "{}";

        using var without = await receiver.SendAsync(new HttpMethod(method), path, body, token: null);
        using var wrong = await receiver.SendAsync(new HttpMethod(method), path, body, token: "no-token-of-this-server");
        using var reading = await receiver.SendAsync(new HttpMethod(method), path, body, await receiver.TokenAsync("ssf.read"));
        using var managing = await receiver.SendAsync(new HttpMethod(method), path, body, await receiver.TokenAsync("ssf.manage"));

        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Contains("error=\"invalid_token\"", wrong.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal(reads, reading.StatusCode is not HttpStatusCode.Forbidden);
        Assert.True(reads || reading.Headers.WwwAuthenticate.ToString().Contains("scope=\"ssf.manage\"", StringComparison.Ordinal));
        Assert.True(managing.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task A_token_in_the_address_is_refused()
    {
        using var receiver = new Receiver(server);

        using var response = await receiver.SendAsync(
            HttpMethod.Get, $"/ssf/streams?access_token={await receiver.TokenAsync()}", token: null);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task An_administrators_token_is_no_receivers()
    {
        using var receiver = new Receiver(server);

        using var response = await receiver.SendAsync(HttpMethod.Get, "/ssf/streams", token: await receiver.Portal.GetAdminTokenAsync());

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_persons_token_is_no_receivers_although_it_has_the_scope()
    {
        using var app = new App(server, "pairwise-receiver");
        using var receiver = new Receiver(server);
        using var redeemed = await app.Portal.PostAsync("/token", new()
        {
            ["grant_type"] = "authorization_code",
            ["code"] = await app.GetCodeAsync("openid ssf.read ssf.manage"),
            ["redirect_uri"] = app.RedirectUri,
            ["code_verifier"] = Portal.Verifier,
        }, "pairwise-receiver", StreamsServer.ReceiverSecret);
        var tokens = await App.OkAsync(redeemed);

        using var response = await receiver.SendAsync(HttpMethod.Get, "/ssf/streams", token: tokens.AccessToken());

        Assert.Contains("ssf.manage", tokens.GetProperty("scope").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Another_receivers_stream_is_as_unknown_as_none()
    {
        using var owner = new Receiver(server);
        using var other = new Receiver(server, "other-receiver");
        var id = (await owner.CreateAsync()).Id();
        const string Subject = """{"format":"opaque","id":"x"}""";

        foreach (var (method, path, body) in new[]
        {
            (HttpMethod.Get, $"/ssf/status?stream_id={id}", null),
            (HttpMethod.Post, "/ssf/status", $$"""{"stream_id":"{{id}}","status":"paused"}"""),
            (HttpMethod.Post, "/ssf/subjects/add", $$"""{"stream_id":"{{id}}","subject":{{Subject}}}"""),
            (HttpMethod.Post, "/ssf/subjects/remove", $$"""{"stream_id":"{{id}}","subject":{{Subject}}}"""),
            (HttpMethod.Post, "/ssf/verification", $$"""{"stream_id":"{{id}}"}"""),
        })
        {
            await other.RefusesAsync(method, path, body, "not_found", HttpStatusCode.NotFound);
        }

        Assert.Equal("enabled", (await server.AdministeredAsync(id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_metadata_is_for_everybody_and_may_be_kept()
    {
        using var client = server.NewClient();

        using var response = await client.GetAsync("/.well-known/ssf-configuration", TestContext.Current.CancellationToken);

        var metadata = await Portal.Json(response);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(TimeSpan.FromMinutes(5), response.Headers.CacheControl!.MaxAge);
        Assert.Equal("1_0", metadata.GetProperty("spec_version").GetString());
        Assert.Equal(IdpServer.Issuer, metadata.GetProperty("issuer").GetString());
        Assert.Equal(["urn:ietf:rfc:8935", "urn:ietf:rfc:8936"], metadata.Texts("delivery_methods_supported"));
        Assert.Equal("""[{"spec_urn":"urn:ietf:rfc:6749"}]""", metadata.GetProperty("authorization_schemes").GetRawText());
        Assert.Equal("ALL", metadata.GetProperty("default_subjects").GetString());
        Assert.Equal(["user", "session"], metadata.Texts("critical_subject_members"));
        Assert.All(
            new[] { "jwks_uri", "configuration_endpoint", "status_endpoint", "add_subject_endpoint", "remove_subject_endpoint", "verification_endpoint" },
            name => Assert.StartsWith(IdpServer.Issuer + "/", metadata.GetProperty(name).GetString(), StringComparison.Ordinal));
    }
}
