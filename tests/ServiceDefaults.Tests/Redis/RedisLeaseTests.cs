using Platform.ServiceDefaults.Redis;
using Platform.Testing;
using StackExchange.Redis;

namespace Platform.ServiceDefaults.Tests.Redis;

public sealed class RedisLeaseTests : IDisposable
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    private readonly RedisServer _redis = new();
    private readonly RedisLease _one;
    private readonly RedisLease _other;

    public RedisLeaseTests() => (_one, _other) = (Lease(), Lease());

    [Fact]
    public async Task Belongs_to_one_holder_until_it_is_given_back()
    {
        Assert.True(await _one.TryTakeAsync());
        Assert.True(await _one.TryTakeAsync());
        Assert.False(await _other.TryTakeAsync());
        Assert.False(await _other.TryRenewAsync());

        await _other.ReleaseAsync();
        Assert.True(await _one.TryRenewAsync());
        await _one.ReleaseAsync();

        Assert.True(await _other.TryTakeAsync());
        Assert.False(await _one.TryRenewAsync());
    }

    [Fact]
    public async Task Ends_by_itself_unless_it_is_renewed()
    {
        var database = _redis.Connection.GetDatabase();
        Assert.True(await _one.TryTakeAsync());
        await database.KeyExpireAsync("lease", TimeSpan.FromSeconds(20));

        Assert.True(await _one.TryRenewAsync());

        Assert.InRange((await database.KeyTimeToLiveAsync("lease"))!.Value, TimeSpan.FromSeconds(40), Length);
    }

    [Fact]
    public async Task Has_an_outcome_whenever_the_connection_breaks()
    {
        var renewals = Enumerable.Range(0, 200).Select(_ => OutcomeAsync()).ToList();
        _redis.Stop();
        renewals.AddRange(Enumerable.Range(0, 20).Select(_ => OutcomeAsync()));
        _redis.Start();

        await Task.WhenAll(renewals).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        async Task OutcomeAsync()
        {
            try
            {
                await _one.TryRenewAsync();
            }
            catch (Exception away) when (away is RedisException or TimeoutException)
            {
                // This, too, is an outcome.
            }
        }
    }

    public void Dispose() => _redis.Dispose();

    private RedisLease Lease() => new(_redis.Connection, "lease", Length);
}
