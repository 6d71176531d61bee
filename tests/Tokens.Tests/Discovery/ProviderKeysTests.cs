using Platform.Tokens.Discovery;
using Platform.Tokens.Jose;

namespace Platform.Tokens.Tests.Discovery;

public sealed class ProviderKeysTests : IAsyncLifetime
{
    private readonly TestProvider _provider = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _provider.InitializeAsync();

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Fact]
    public async Task Fetches_once_for_many_callers_of_whom_some_give_up()
    {
        _provider.Gate = new TaskCompletionSource();
        var client = _provider.Client();
        using var impatient = new CancellationTokenSource();
        var first = client.GetKeysAsync(impatient.Token).AsTask();
        var others = Enumerable.Range(0, 100).Select(_ => client.GetKeysAsync(Cancellation).AsTask()).ToArray();

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _provider.Gate.SetResult();
        var sets = await Task.WhenAll(others);

        Assert.Single(sets.Distinct());
        Assert.Equal((1, 1), (_provider.MetadataRequests, _provider.KeyRequests));
    }

    [Fact]
    public async Task O11_finds_a_new_key_with_one_more_fetch()
    {
        var client = _provider.Client();
        await client.GetKeysAsync(Cancellation);
        _provider.Publish(TestKeys.Foreign);

        var keys = await client.RefreshKeysAsync(Cancellation);

        Assert.Equal([TestKeys.Foreign.KeyId], keys.Keys.Select(key => key.KeyId));
        Assert.Same(keys, await client.GetKeysAsync(Cancellation));
        Assert.Equal(2, _provider.KeyRequests);
    }

    [Fact]
    public async Task O11_T20_a_flood_of_unknown_keys_is_one_fetch_in_thirty_seconds()
    {
        var client = _provider.Client();
        await client.GetKeysAsync(Cancellation);

        await Flood(client);
        Assert.Equal(2, _provider.KeyRequests);

        _provider.Clock.Advance(TimeSpan.FromSeconds(29));
        await Flood(client);
        Assert.Equal(2, _provider.KeyRequests);

        _provider.Clock.Advance(TimeSpan.FromSeconds(1));
        await Flood(client);
        Assert.Equal(3, _provider.KeyRequests);
    }

    [Fact]
    public async Task Uses_the_kept_keys_while_the_provider_is_away_but_not_for_ever()
    {
        var client = _provider.Client();
        var kept = await client.GetKeysAsync(Cancellation);
        _provider.IsDown = true;

        _provider.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Same(kept, await client.GetKeysAsync(Cancellation));
        Assert.Same(kept, await client.RefreshKeysAsync(Cancellation));

        _provider.Clock.Advance(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<ProviderUnavailableException>(async () => await client.GetKeysAsync(Cancellation));
    }

    [Fact]
    public async Task Forgets_a_withdrawn_key_within_ten_minutes()
    {
        var client = _provider.Client();
        await client.GetKeysAsync(Cancellation);
        _provider.Publish(TestKeys.Ps256);
        _provider.Clock.Advance(TimeSpan.FromMinutes(10));

        var keys = await client.GetKeysAsync(Cancellation);

        Assert.Empty(keys.Candidates(TestKeys.Es256.KeyId, JwsAlgorithm.ES256));
    }

    [Fact]
    public async Task Says_that_a_key_may_be_new_while_the_keys_may_not_be_fetched_again()
    {
        var client = _provider.Client();
        await VerifyForeign(client);
        _provider.Publish(TestKeys.Foreign);

        Assert.True(Assert.IsType<JwsCheck.UnknownKey>(await VerifyForeign(client)).MayBeNew);
        Assert.Equal(2, _provider.KeyRequests);

        _provider.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.IsType<JwsCheck.Valid>(await VerifyForeign(client));
    }

    [Fact]
    public async Task Says_that_a_key_may_be_new_while_the_provider_is_away()
    {
        var client = _provider.Client();
        await client.GetKeysAsync(Cancellation);
        _provider.IsDown = true;

        Assert.True(Assert.IsType<JwsCheck.UnknownKey>(await VerifyForeign(client)).MayBeNew);
    }

    [Fact]
    public async Task Says_that_a_key_is_unknown_when_it_has_just_looked()
    {
        var client = _provider.Client();

        Assert.False(Assert.IsType<JwsCheck.UnknownKey>(await VerifyForeign(client)).MayBeNew);
        Assert.Equal(2, _provider.KeyRequests);
    }

    [Fact]
    public async Task Does_not_look_again_when_the_keys_were_fetched_after_the_token_came()
    {
        var client = _provider.Client();
        var receivedAt = _provider.Clock.GetUtcNow();
        _provider.Clock.Advance(TimeSpan.FromSeconds(1));
        await client.GetKeysAsync(Cancellation);

        Assert.False(Assert.IsType<JwsCheck.UnknownKey>(await VerifyForeign(client, receivedAt)).MayBeNew);
        Assert.Equal(1, _provider.KeyRequests);
    }

    private ValueTask<JwsCheck> VerifyForeign(ProviderClient client, DateTimeOffset? receivedAt = null) =>
        client.VerifyAsync(
            Jws.Sign(TestKeys.Foreign, "example", "{}"u8),
            new JwsRules(["example"], [JwsAlgorithm.ES256]),
            receivedAt ?? _provider.Clock.GetUtcNow(),
            Cancellation);

    private static Task<JsonWebKeySet[]> Flood(ProviderClient client) => Task.WhenAll(
        Enumerable.Range(0, 200).Select(_ => Task.Run(() => client.RefreshKeysAsync(Cancellation).AsTask(), Cancellation)));
}
