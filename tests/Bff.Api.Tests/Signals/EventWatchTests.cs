using System.Net;
using Platform.Bff.Tests.Fixture;
using Platform.Testing;

namespace Platform.Bff.Tests.Signals;

/// <summary>What operators see of it.</summary>
public sealed class EventWatchTests : IAsyncLifetime
{
    private readonly Portal _portal = new();

    public ValueTask InitializeAsync() => _portal.InitializeAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Threat24_health_is_degraded_while_events_are_missing_and_the_replica_keeps_its_place()
    {
        var events = new HeardEvents(_portal, _portal.Bff);
        await events.ArriveAsync();
        Assert.Equal("Healthy", await HealthAsync(_portal.Bff));

        await events.StayAwayAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("Degraded", await HealthAsync(_portal.Bff));

        await events.ArriveAsync();
        Assert.Equal("Healthy", await HealthAsync(_portal.Bff));
    }

    [Fact]
    public async Task Threat24_where_events_are_required_it_counts_that_nobody_ever_applied_one()
    {
        await using var replica = await _portal.StartAsync(("Bff:Events:Required", "true"));
        Assert.Equal("Healthy", await HealthAsync(replica));

        await new HeardEvents(_portal, replica).StayAwayAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("Degraded", await HealthAsync(replica));
        Assert.Equal("Healthy", await HealthAsync(_portal.Bff));
    }

    [Fact]
    public async Task Threat24_a_Redis_that_was_away_is_listened_to_again()
    {
        await using var replica = await _portal.StartAsync(("Bff:Events:Required", "true"));
        var events = new HeardEvents(_portal, replica);
        _portal.Redis.Stop();
        await Eventually.BecomesTrueAsync(
            async () => await HealthAsync(replica) == "Unhealthy", TestContext.Current.CancellationToken);
        _portal.Clock.Advance(TimeSpan.FromHours(1));

        _portal.Redis.Start();
        await _portal.Redis.AnswersAsync(TestContext.Current.CancellationToken);
        await Eventually.BecomesTrueAsync(
            async () => await HealthAsync(replica) != "Unhealthy", TestContext.Current.CancellationToken);

        await events.StayAwayAsync(TimeSpan.FromMinutes(1));
        await events.ArriveAsync();
    }

    private async Task<string> HealthAsync(BffReplica replica)
    {
        using var browser = _portal.Browser(replica);
        using var answer = await browser.NavigateAsync("/health");
        var status = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(status == "Unhealthy" ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK, answer.StatusCode);
        return status;
    }
}
