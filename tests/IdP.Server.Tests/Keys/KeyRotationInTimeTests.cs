using Platform.Testing;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Keys;

public sealed class KeyRotationInTimeTests : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("idp-keys-").FullName;
    private readonly ManualClock _clock = new();

    [Fact]
    public void A_key_is_announced_then_signs_then_retires_then_is_removed()
    {
        using var replica = new KeyReplica(_folder, _clock);
        var first = replica.Keys.Tokens.KeyId;
        var token = replica.Sign();

        _clock.Advance(88 * Day);
        Assert.Equal([first], replica.Published(JwsAlgorithm.ES256));

        _clock.Advance(Day);
        Assert.Equal(first, replica.Keys.Tokens.KeyId);
        var second = Assert.Single(replica.Published(JwsAlgorithm.ES256), key => key != first);

        _clock.Advance(Day - TimeSpan.FromHours(1));
        Assert.Equal(first, replica.Keys.Tokens.KeyId);

        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(second, replica.Keys.Tokens.KeyId);
        Assert.Equal([second, first], replica.Published(JwsAlgorithm.ES256));
        Assert.True(replica.Accepts(token));

        _clock.Advance((2 * Day) - TimeSpan.FromHours(1));
        Assert.True(replica.Accepts(token));

        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal([second], replica.Published(JwsAlgorithm.ES256));
        Assert.False(replica.Accepts(token));
        Assert.False(File.Exists(Path.Combine(_folder, "es256-000001.pem")));
        Assert.True(replica.Accepts(replica.Sign()));
    }

    [Fact]
    public void Every_algorithm_has_its_own_turn()
    {
        using var replica = new KeyReplica(_folder, _clock);
        _clock.Advance(30 * Day);
        var late = replica.Keys.For(JwsAlgorithm.PS256).KeyId;
        var events = replica.Keys.Events.KeyId;

        _clock.Advance(60 * Day);

        Assert.NotEqual(events, replica.Keys.Events.KeyId);
        Assert.Equal(late, replica.Keys.For(JwsAlgorithm.PS256).KeyId);

        _clock.Advance(30 * Day);

        Assert.NotEqual(late, replica.Keys.For(JwsAlgorithm.PS256).KeyId);
    }

    [Fact]
    public void After_a_long_standstill_the_announcement_is_not_cut_short()
    {
        string first;
        using (var before = new KeyReplica(_folder, _clock))
        {
            first = before.Keys.Tokens.KeyId;
        }

        _clock.Advance(300 * Day);
        using var replica = new KeyReplica(_folder, _clock);
        replica.Keys.Refresh();

        Assert.Equal(2, replica.Published(JwsAlgorithm.ES256).Count());
        Assert.Equal(first, replica.Keys.Tokens.KeyId);
        _clock.Advance(Day - TimeSpan.FromHours(1));
        Assert.Equal(first, replica.Keys.Tokens.KeyId);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.NotEqual(first, replica.Keys.Tokens.KeyId);
    }

    [Fact]
    public void Of_several_replicas_one_makes_the_next_key_for_all()
    {
        using var one = new KeyReplica(_folder, _clock);
        using var other = new KeyReplica(_folder, _clock);

        _clock.Advance(91 * Day);

        Assert.Equal(one.Keys.Tokens.KeyId, other.Keys.Tokens.KeyId);
        Assert.Equal(
            ["es256-000001.pem", "es256-000002.pem", "rs256-000001.pem", "rs256-000002.pem"],
            Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_restart_changes_no_key_and_no_date()
    {
        string announced;
        using (var before = new KeyReplica(_folder, _clock))
        {
            _clock.Advance(89 * Day);
            announced = before.Published(JwsAlgorithm.ES256).Last()!;
        }

        using var replica = new KeyReplica(_folder, _clock);
        Assert.NotEqual(announced, replica.Keys.Tokens.KeyId);
        _clock.Advance(Day);

        Assert.Equal(announced, replica.Keys.Tokens.KeyId);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
