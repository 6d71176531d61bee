using System.Text.Json.Nodes;
using Platform.Tokens.Discovery;

namespace Platform.Tokens.Tests.Discovery;

public sealed class ProviderClientTests : IAsyncLifetime
{
    private readonly TestProvider _provider = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _provider.InitializeAsync();

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Fact]
    public async Task Reads_the_metadata_once_in_ten_minutes()
    {
        _provider.Metadata["pushed_authorization_request_endpoint"] = $"{_provider.Issuer}/par";
        _provider.Metadata["authorization_response_iss_parameter_supported"] = true;
        _provider.Metadata["acr_values_supported"] = new JsonArray("urn:example:silver");
        var client = _provider.Client();

        var metadata = await client.GetMetadataAsync(Cancellation);
        await client.GetMetadataAsync(Cancellation);

        Assert.Equal(1, _provider.MetadataRequests);
        Assert.Equal(new Uri($"{_provider.Issuer}/par"), metadata.PushedAuthorizationRequestEndpoint);
        Assert.Null(metadata.EndSessionEndpoint);
        Assert.True(metadata.AuthorizationResponseIssParameterSupported);
        Assert.Equal("urn:example:silver", metadata.Json.GetProperty("acr_values_supported")[0].GetString());
        _provider.Clock.Advance(TimeSpan.FromMinutes(10));
        await client.GetMetadataAsync(Cancellation);
        Assert.Equal(2, _provider.MetadataRequests);
    }

    [Fact]
    public Task F10_F11_refuses_the_metadata_of_another_issuer() =>
        Refuses(
            "issuer", $"{_provider.Issuer}/", $"is not usable: The metadata is of the issuer {_provider.Issuer}/, not of {_provider.Issuer}.");

    [Theory]
    [InlineData("jwks_uri", "http://keys.example/jwks")]
    [InlineData("jwks_uri", "/jwks")]
    [InlineData("jwks_uri", "file:///etc/passwd")]
    [InlineData("authorization_endpoint", "http://idp.example/authorize")]
    [InlineData("token_endpoint", "http://idp.example/token")]
    [InlineData("pushed_authorization_request_endpoint", "http://idp.example/par")]
    public Task F10_F23_P1_refuses_an_address_that_is_not_secure(string member, string address) =>
        Refuses(member, address, $"is not usable: The {member} of the metadata is not a secure address.");

    [Fact]
    public Task Refuses_metadata_without_a_token_endpoint() =>
        Refuses("token_endpoint", null, "is not usable: The metadata has no token_endpoint.");

    [Theory]
    [InlineData("http://idp.example")]
    [InlineData("ftp://localhost")]
    [InlineData("idp")]
    public void F10_refuses_an_issuer_that_is_not_secure(string issuer)
    {
        using var http = new HttpClient();

        Assert.Throws<ArgumentException>(() => new ProviderClient(http, issuer, TimeProvider.System));
    }

    [Fact]
    public async Task Says_that_the_provider_answered_with_an_error()
    {
        _provider.IsDown = true;

        var problem =
            await Assert.ThrowsAsync<ProviderUnavailableException>(async () => await _provider.Client().GetKeysAsync(Cancellation));

        Assert.Contains("/.well-known/openid-configuration cannot be fetched: ", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", "/jwks is not usable: The key set is not a JSON object.")]
    [InlineData("{}", "/jwks is not usable: The key set has no array of keys.")]
    public async Task Says_that_the_keys_are_broken(string keys, string reason)
    {
        _provider.Keys = keys;

        var problem =
            await Assert.ThrowsAsync<ProviderUnavailableException>(async () => await _provider.Client().GetKeysAsync(Cancellation));

        Assert.EndsWith(reason, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_an_oversized_document()
    {
        _provider.Keys = new string(' ', 257 * 1024);

        await Assert.ThrowsAsync<ProviderUnavailableException>(async () => await _provider.Client().GetKeysAsync(Cancellation));
    }

    [Fact]
    public async Task Gives_up_after_thirty_seconds()
    {
        _provider.Gate = new TaskCompletionSource();
        var fetch = _provider.Client().GetKeysAsync(Cancellation).AsTask();
        await _provider.KeysRequested.Task.WaitAsync(Cancellation);

        _provider.Clock.Advance(TimeSpan.FromSeconds(30));

        var problem = await Assert.ThrowsAsync<ProviderUnavailableException>(() => fetch);
        Assert.EndsWith("/jwks cannot be fetched: it took longer than 30 seconds.", problem.Message, StringComparison.Ordinal);
        _provider.Gate.SetResult();
    }

    [Fact]
    public async Task Tries_again_after_a_failure()
    {
        var client = _provider.Client();
        _provider.IsDown = true;
        await Assert.ThrowsAsync<ProviderUnavailableException>(async () => await client.GetKeysAsync(Cancellation));
        _provider.IsDown = false;

        Assert.NotEmpty((await client.GetKeysAsync(Cancellation)).Keys);
    }

    private async Task Refuses(string member, string? value, string reason)
    {
        _provider.Metadata.Remove(member);
        if (value is not null)
        {
            _provider.Metadata[member] = value;
        }

        var problem =
            await Assert.ThrowsAsync<ProviderUnavailableException>(async () => await _provider.Client().GetMetadataAsync(Cancellation));

        Assert.EndsWith(reason, problem.Message, StringComparison.Ordinal);
    }
}
