using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Platform.Testing;
using Platform.Tokens.DPoP;
using Platform.Tokens.Jose;

namespace Platform.Contacts.Tests.Authorization;

/// <summary>What a request's span says of its access token.</summary>
public sealed class AccessTokenSpanTests : IAsyncDisposable
{
    private readonly SigningKey _key = SigningKey.Create(JwsAlgorithm.ES256);
    private readonly SpanRecorder _spans = new("Microsoft.AspNetCore");
    private ContactsServer _server = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _spans.Dispose();
        _key.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_token_that_is_bound_to_a_key_passes_all_checks_and_neither_it_nor_the_proof_is_told()
    {
        await _server.InitializeAsync();
        var token = _server.Token(change: claims => claims["cnf"] = new JsonObject { ["jkt"] = _key.KeyId });
        var proof = DPoPProofs.Create(_key, "GET", $"{ContactsServer.ApiUrl}/contacts", nonce: null, token, _server.Now);

        var span = await SpanAsync($"DPoP {token}", proof);

        Assert.Equal(
            [
                "access token is signed by the issuer, typ is at+jwt", "iss, aud, exp, iat, sub, client_id, jti",
                "DPoP proof is for this request: signature, htm, htu, iat, ath",
                "access token is bound to the key of the proof (cnf, jkt)", "DPoP proof is new (jti)",
            ],
            SpanRecorder.ChecksOf(span));
        Assert.Equal(
            [("access_token", "[redacted]"), ("token_type", "DPoP"), ("client_id", "bff-server")],
            span.TagObjects.Where(tag => tag.Key.StartsWith("platform.request.", StringComparison.Ordinal))
                .Select(tag => (tag.Key["platform.request.".Length..], (string)tag.Value!)));
        Assert.Null(span.GetTagItem("error.type"));
        Assert.All(
            span.TagObjects.Select(tag => $"{tag.Value}").Concat(span.Events.SelectMany(happened => happened.Tags.Select(tag => $"{tag.Value}"))),
            told => Assert.False(told.Contains(token, StringComparison.Ordinal) || told.Contains(proof, StringComparison.Ordinal) || told.Contains(_key.KeyId, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_token_of_a_bearer_passes_no_check_of_a_proof()
    {
        await _server.InitializeAsync();

        var span = await SpanAsync($"Bearer {_server.Token()}");

        Assert.Equal(
            ["access token is signed by the issuer, typ is at+jwt", "iss, aud, exp, iat, sub, client_id, jti"], SpanRecorder.ChecksOf(span));
        Assert.Equal("Bearer", span.GetTagItem("platform.request.token_type"));
    }

    [Fact]
    public async Task Where_the_issuer_is_asked_the_span_says_so()
    {
        _server = new() { Introspects = ("contacts", "s+cret") };
        await _server.InitializeAsync();
        var claims = _server.Claims();
        claims["active"] = true;
        _server.Introspection = _ => Results.Text(claims.ToJsonString(), "application/json");

        var span = await SpanAsync("Bearer an-opaque-token");

        Assert.Contains("access token is active at the issuer, which was asked", SpanRecorder.ChecksOf(span));
    }

    [Theory]
    [InlineData("aud", "urn:platform:calendar-api", "invalid_token", "The audience (aud) is another one.")]
    [InlineData("iss", "https://evil.example", "invalid_token", "The issuer (iss) is another one.")]
    [InlineData("scope", "openid", "insufficient_scope", "The access token has not the scope contacts.read.")]
    public async Task A_refusal_says_why(string claim, string value, string error, string reason)
    {
        await _server.InitializeAsync();

        Refused(await SpanAsync($"Bearer {_server.Token(change: claims => claims[claim] = value)}"), error, reason);
    }

    [Fact]
    public async Task A_proof_of_another_key_is_told_as_the_reason()
    {
        await _server.InitializeAsync();
        using var other = SigningKey.Create(JwsAlgorithm.ES256);
        var token = _server.Token(change: claims => claims["cnf"] = new JsonObject { ["jkt"] = other.KeyId });
        var proof = DPoPProofs.Create(_key, "GET", $"{ContactsServer.ApiUrl}/contacts", nonce: null, token, _server.Now);

        Refused(
            await SpanAsync($"DPoP {token}", proof), "invalid_token", "The token is bound to a key (cnf), whose possession was not shown.");
    }

    [Fact]
    public async Task Without_a_token_and_without_the_issuer_there_is_a_word_too()
    {
        await _server.InitializeAsync();
        Assert.Equal("no_access_token", (await SpanAsync(authorization: null)).GetTagItem("error.type"));

        _server.IsIssuerDown = true;
        var span = await SpanAsync($"Bearer {_server.Token()}", number: 2);
        Assert.Equal("temporarily_unavailable", span.GetTagItem("error.type"));
    }

    private static void Refused(Activity span, string error, string reason)
    {
        Assert.Equal((error, reason), ((string?)span.GetTagItem("error.type"), (string?)span.GetTagItem("platform.refusal.reason")));
        Assert.Equal(error is "insufficient_scope" ? 2 : 0, SpanRecorder.ChecksOf(span).Count());
    }

    private async Task<Activity> SpanAsync(string? authorization, string? proof = null, int number = 1)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/contacts") { Headers = { { "traceparent", _spans.TraceParent } } };
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        request.Headers.TryAddWithoutValidation("DPoP", proof);
        using var response = await _server.Http.SendAsync(request, Cancelled);
        return await _spans.RequestAsync("/contacts", number, Cancelled);
    }
}
