using Platform.IdP.Keys;
using Platform.Testing;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Keys;

/// <summary>What goes wrong while the server runs does not take its keys from it.</summary>
public sealed class KeyFaultTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("idp-keys-").FullName;
    private readonly ManualClock _clock = new();

    [Fact]
    public void A_broken_file_is_logged_once_and_the_keys_stay_in_force()
    {
        using var replica = new KeyReplica(_folder, _clock);
        var (before, token) = (replica.Keys.Published.ToJson(), replica.Sign());
        var broken = Path.Combine(_folder, "es256-000002.pem");
        File.WriteAllText(broken, "nonsense");

        _clock.Advance(TimeSpan.FromHours(3));

        Assert.Equal(before, replica.Keys.Published.ToJson());
        Assert.True(replica.Accepts(token));
        Assert.Single(replica.Log, line => line.Contains(broken, StringComparison.Ordinal));
        Assert.IsType<KeyRotationCheck.Unavailable>(replica.Keys.Rotate(null));

        File.Delete(broken);
        Assert.IsType<KeyRotationCheck.Done>(replica.Keys.Rotate(null));
    }

    [Fact]
    public void An_announced_key_signs_in_its_time_even_if_the_folder_is_gone()
    {
        using var replica = new KeyReplica(_folder, _clock);
        _clock.Advance(TimeSpan.FromDays(89));
        var announced = replica.Published(JwsAlgorithm.ES256).Single(key => key != replica.Keys.Tokens.KeyId);
        Directory.Delete(_folder, recursive: true);

        _clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(announced, replica.Keys.Tokens.KeyId);
        Assert.IsType<KeyRotationCheck.Unavailable>(replica.Keys.Rotate(null));
        Directory.CreateDirectory(_folder);
    }

    [Fact]
    public void A_folder_that_is_empty_all_of_a_sudden_yields_no_new_keys()
    {
        using var replica = new KeyReplica(_folder, _clock);
        var before = replica.Keys.Published.ToJson();
        Array.ForEach(Directory.GetFiles(_folder), File.Delete);

        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(before, replica.Keys.Published.ToJson());
        Assert.Single(replica.Log, line => line.Contains("The newest key is gone", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_retired_key_whose_file_is_removed_is_no_longer_accepted()
    {
        using var replica = new KeyReplica(_folder, _clock);
        var token = replica.Sign();
        replica.Keys.Rotate(JwsAlgorithm.ES256);
        Assert.True(replica.Accepts(token));

        File.Delete(Path.Combine(_folder, "es256-000001.pem"));
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.False(replica.Accepts(token));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
