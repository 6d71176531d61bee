using Platform.IdP.Keys;
using Platform.Testing;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Keys;

public sealed class KeyRotationOnDemandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("idp-keys-").FullName;
    private readonly ManualClock _clock = new();

    [Fact]
    public void The_new_key_signs_at_once_and_the_old_one_stays_published()
    {
        using var replica = new KeyReplica(_folder, _clock);
        var (old, events, token) = (replica.Keys.Tokens.KeyId, replica.Keys.Events.KeyId, replica.Sign());

        var done = Assert.IsType<KeyRotationCheck.Done>(replica.Keys.Rotate(JwsAlgorithm.ES256));

        Assert.Equal([KeyState.Active, KeyState.Retired], done.Keys.Select(key => key.State));
        Assert.Equal([replica.Keys.Tokens.KeyId, old], done.Keys.Select(key => key.Key.KeyId));
        Assert.Equal([replica.Keys.Tokens.KeyId, old], replica.Published(JwsAlgorithm.ES256));
        Assert.True(replica.Accepts(token));
        Assert.Equal(events, replica.Keys.Events.KeyId);
    }

    [Fact]
    public void Without_an_algorithm_all_are_rotated()
    {
        using var replica = new KeyReplica(_folder, _clock);

        var done = Assert.IsType<KeyRotationCheck.Done>(replica.Keys.Rotate(null));

        Assert.Equal(
            [JwsAlgorithm.ES256, JwsAlgorithm.ES256, JwsAlgorithm.RS256, JwsAlgorithm.RS256], done.Keys.Select(key => key.Algorithm));
        Assert.Equal(4, replica.Keys.Published.Keys.Select(key => key.KeyId).Distinct().Count());
    }

    [Fact]
    public void A_key_that_was_only_announced_never_signs_after_it()
    {
        using var replica = new KeyReplica(_folder, _clock);
        _clock.Advance(TimeSpan.FromDays(89));
        var announced = replica.Published(JwsAlgorithm.ES256).Single(key => key != replica.Keys.Tokens.KeyId);

        replica.Keys.Rotate(JwsAlgorithm.ES256);
        var made = replica.Keys.Tokens.KeyId;

        Assert.NotEqual(announced, made);
        _clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(made, replica.Keys.Tokens.KeyId);
        _clock.Advance(TimeSpan.FromDays(86) + TimeSpan.FromHours(23));
        Assert.Equal([made], replica.Published(JwsAlgorithm.ES256));
    }

    [Fact]
    public void Another_replica_accepts_the_new_keys_tokens_before_its_own_interval_is_over()
    {
        using var replica = new KeyReplica(_folder, _clock);
        using var other = new KeyReplica(_folder, _clock);
        replica.Keys.Rotate(JwsAlgorithm.ES256);
        var token = replica.Sign();
        _clock.Advance(TimeSpan.FromMilliseconds(100));

        Assert.NotEqual(replica.Keys.Tokens.KeyId, other.Keys.Tokens.KeyId);
        Assert.True(other.Accepts(token));
        Assert.Equal(replica.Keys.Tokens.KeyId, other.Keys.Tokens.KeyId);
    }

    [Fact]
    public void Threat20_Unknown_key_names_do_not_have_the_folder_read_again_and_again()
    {
        using var replica = new KeyReplica(_folder, _clock);
        using var other = new KeyReplica(_folder, _clock);
        using var foreign = SigningKey.Create(JwsAlgorithm.ES256);
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.False(other.Accepts(Jws.Sign(foreign, "JWT", "{}"u8)));
        replica.Keys.Rotate(JwsAlgorithm.ES256);
        var token = replica.Sign();

        // The folder was read a moment ago, for the foreign token.
        Assert.False(other.Accepts(token));

        _clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.True(other.Accepts(token));
    }

    [Fact]
    public void Another_replica_signs_with_the_new_key_when_its_interval_is_over()
    {
        using var replica = new KeyReplica(_folder, _clock);
        using var other = new KeyReplica(_folder, _clock, change: options => options.RefreshEvery = TimeSpan.FromSeconds(5));
        replica.Keys.Rotate(null);

        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(replica.Keys.Tokens.KeyId, other.Keys.Tokens.KeyId);
        Assert.Equal(replica.Keys.Events.KeyId, other.Keys.Events.KeyId);
    }

    [Fact]
    public void The_published_set_does_not_grow_without_end()
    {
        using var replica = new KeyReplica(_folder, _clock);
        for (var made = 1; made < 16; made++)
        {
            Assert.IsType<KeyRotationCheck.Done>(replica.Keys.Rotate(JwsAlgorithm.ES256));
        }

        var last = replica.Keys.Tokens.KeyId;
        Assert.Contains("16 keys for ES256",
            Assert.IsType<KeyRotationCheck.Refused>(replica.Keys.Rotate(JwsAlgorithm.ES256)).Description, StringComparison.Ordinal);
        Assert.Equal(last, replica.Keys.Tokens.KeyId);

        _clock.Advance(TimeSpan.FromDays(2));
        Assert.IsType<KeyRotationCheck.Done>(replica.Keys.Rotate(JwsAlgorithm.ES256));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
