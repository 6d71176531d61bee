using Microsoft.Extensions.DependencyInjection;
using Platform.Bff.Keys;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Keys;

public sealed class KeyRotationCommandTests(FullPortal portal) : IClassFixture<FullPortal>
{
    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task S0_12_new_keys_sign_at_once_in_replicas_that_run_on()
    {
        var keys = _portal.Bff.Services.GetRequiredService<ClientKeys>();
        var former = await keys.GetAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, await BffReplica.RotateKeysAsync(_portal.Settings(), _portal.Clock, _portal.Logs));

        _portal.Clock.Advance(TimeSpan.FromSeconds(1));
        var current = await keys.LookAgainAsync(TestContext.Current.CancellationToken);
        Assert.NotEqual(former.Signing.KeyId, current.Signing.KeyId);
        Assert.NotEqual(former.Proof.KeyId, current.Proof.KeyId);
        Assert.Contains(current.Published.Keys, key => key.KeyId == former.Signing.KeyId);
    }

    [Theory]
    [InlineData("ConnectionStrings:cache", "127.0.0.1:1,connectTimeout=200,connectRetry=0,syncTimeout=500")]
    [InlineData("DataProtection:Secret", "another secret of thirty-two characters")]
    public async Task Fails_where_the_keys_cannot_be_reached_or_opened(string setting, string value)
    {
        await _portal.Bff.Services.GetRequiredService<ClientKeys>().GetAsync(TestContext.Current.CancellationToken);
        var settings = new Dictionary<string, string>(_portal.Settings()) { [setting] = value };

        Assert.Equal(1, await BffReplica.RotateKeysAsync(settings, _portal.Clock, _portal.Logs));
    }

    [Theory]
    [InlineData(true, "rotate-keys")]
    [InlineData(false, "--rotate-keys")]
    [InlineData(false)]
    public void Is_meant_by_its_name_alone(bool meant, params string[] args) =>
        Assert.Equal(meant, KeyRotationCommand.IsMeant(args));
}
