using Microsoft.AspNetCore.Builder;
using Platform.Caep.Tests.Fixtures;
using Platform.Testing;

namespace Platform.Caep.Tests.Polling;

/// <summary>The whole service polls a transmitter (RFC 8936).</summary>
public sealed class PollerTests : IAsyncLifetime
{
    private readonly KafkaServer _kafka = new();
    private readonly RedisServer _redis = new();
    private readonly Transmitter _issuer = new();
    private readonly PolledTransmitter _acme = new();

    private SessionsOf Sessions => new(_redis.Connection, _acme.Events.Issuer);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _issuer.InitializeAsync();
        await _acme.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _acme.DisposeAsync();
        await _issuer.DisposeAsync();
        _kafka.Dispose();
        _redis.Dispose();
    }

    [Fact]
    public async Task X9_creates_a_stream_verifies_it_and_acknowledges_what_it_applied()
    {
        var session = await Sessions.SignInAsync("ada");
        await using var service = await StartAsync();
        await Eventually.BecomesTrueAsync(() => _acme.Acknowledged.Count == 1, Cancelled); // the verification

        var revoked = _acme.Events.SessionRevoked(_acme.Events.User("ada"));
        _acme.Send(revoked);

        await Eventually.BecomesTrueAsync(() => _acme.Acknowledged.Contains(revoked.JwtId), Cancelled);
        Assert.True(await Sessions.IsDeadAsync(session));
    }

    [Fact]
    public async Task Reports_what_will_never_be_good_and_goes_on()
    {
        await using var service = await StartAsync();
        var forged = _acme.Events.SessionRevoked(_acme.Events.User("ada"));
        var foreign = _acme.Events.SessionRevoked(_issuer.User("ada"));
        var good = _acme.Events.SessionRevoked(_acme.Events.User("ada"));

        _acme.Send(forged, _acme.Events.Forge);
        _acme.Send(foreign);
        _acme.Send(good);

        await Eventually.BecomesTrueAsync(
            () => _acme.Acknowledged.Contains(good.JwtId) && _acme.Reported.Count == 2, Cancelled);
        Assert.Equal("invalid_key", _acme.Reported[forged.JwtId]);
        Assert.Equal("access_denied", _acme.Reported[foreign.JwtId]);
    }

    [Fact]
    public async Task Takes_up_the_stream_of_before_and_a_new_token_when_the_old_one_is_refused()
    {
        await using (await StartAsync())
        {
            await Eventually.BecomesTrueAsync(() => _acme.Acknowledged.Count == 1, Cancelled);
        }

        await using var service = await StartAsync();
        _acme.ExpireTokens();
        var revoked = _acme.Events.SessionRevoked(_acme.Events.User("ada"));
        _acme.Send(revoked);

        await Eventually.BecomesTrueAsync(() => _acme.Acknowledged.Contains(revoked.JwtId), Cancelled);
        Assert.Equal(1, _acme.StreamsCreated);
    }

    [Fact]
    public async Task Acknowledges_nothing_while_Redis_is_away()
    {
        await using var service = await StartAsync();
        await Eventually.BecomesTrueAsync(() => _acme.Acknowledged.Count == 1, Cancelled);
        _redis.Stop();
        var revoked = _acme.Events.SessionRevoked(_acme.Events.User("ada"));
        _acme.Send(revoked);
        await Eventually.BecomesTrueAsync(() => service.Logs.Contain("waits for Redis"), Cancelled);
        Assert.DoesNotContain(revoked.JwtId, _acme.Acknowledged);

        _redis.Start();

        await Eventually.BecomesTrueAsync(() => _acme.Acknowledged.Contains(revoked.JwtId), Cancelled);
    }

    [Fact]
    public async Task Takes_the_stream_down_when_it_is_told_to()
    {
        await using (await StartAsync())
        {
            await Eventually.BecomesTrueAsync(() => _acme.HasStream, Cancelled);
        }

        await using var service = await StartAsync(remove: true);

        await Eventually.BecomesTrueAsync(() => !_acme.HasStream, Cancelled);
    }

    private Task<ConsumerService> StartAsync(bool remove = false) =>
        ConsumerService.StartAsync(_kafka.Address, _redis.ConnectionString, _issuer.Issuer, builder => Configure(builder, remove));

    private void Configure(WebApplicationBuilder builder, bool remove)
    {
        builder.Configuration["Transmitters:acme:Issuer"] = _acme.Events.Issuer;
        builder.Configuration["Transmitters:acme:Audience"] = PolledTransmitter.Audience;
        builder.Configuration["Transmitters:acme:Poll:TokenEndpoint"] = $"{_acme.Events.Issuer}/token";
        builder.Configuration["Transmitters:acme:Poll:ClientId"] = "portal";
        builder.Configuration["Transmitters:acme:Poll:ClientSecret"] = PolledTransmitter.Secret;
        builder.Configuration["Transmitters:acme:Poll:Remove"] = remove ? "true" : "false";
    }
}
