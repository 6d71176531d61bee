using Microsoft.Extensions.Options;
using Platform.IdP.Configuration;
using Platform.IdP.Keys;
using Platform.IdP.Tests.Configuration;

namespace Platform.IdP.Tests.Keys;

public sealed class KeyOptionsTests
{
    [Fact]
    public void The_defaults_are_good() => Assert.Empty(Faults(_ => { }));

    [Theory]
    [InlineData("Production", "", "Keys:Secret is not set")]
    [InlineData("Production", "short", "Keys:Secret is too short")]
    [InlineData("Development", "short", "Keys:Secret is too short")]
    public void A_secret_is_needed(string environment, string secret, string reason) =>
        Assert.StartsWith(reason, Assert.Single(Faults(options => options.Secret = secret, environment)), StringComparison.Ordinal);

    [Fact]
    public void In_development_it_may_be_missing() =>
        Assert.Empty(Faults(options => options.Secret = "", "Development"));

    [Theory]
    [InlineData("HS256")]
    [InlineData("es256")]
    [InlineData("1")]
    [InlineData("none")]
    public void Only_known_algorithms_can_be_configured(string algorithm) => Assert.Contains(
        $"'{algorithm}'", Assert.Single(Faults(options => options.Algorithms.Add(algorithm))), StringComparison.Ordinal);

    [Fact]
    public void A_key_is_announced_for_longer_than_others_keep_the_set() => Refuses(
        options => options.AnnounceFor = TimeSpan.FromMinutes(5) + options.RefreshEvery, "Keys:AnnounceFor");

    [Fact]
    public void A_key_signs_for_some_time() => Refuses(
        options => options.RotateEvery = options.AnnounceFor, "Keys:RotateEvery");

    [Fact]
    public void A_key_is_published_until_what_it_signed_has_expired() => Refuses(
        options => options.KeepPublished = TimeSpan.FromHours(1), "Keys:KeepPublished");

    [Fact]
    public void Replicas_see_each_other_within_a_minute() => Refuses(
        options => options.RefreshEvery = TimeSpan.FromMinutes(2), "Keys:RefreshEvery");

    private static void Refuses(Action<KeyOptions> change, string setting) =>
        Assert.StartsWith(setting, Assert.Single(Faults(change)), StringComparison.Ordinal);

    private static IEnumerable<string> Faults(Action<KeyOptions> change, string environment = "Production")
    {
        var options = new KeyOptions { Secret = KeyReplica.Secret };
        change(options);
        return new KeyOptionsValidator(Options.Create(new IdpOptions()), new Place(environment)).Validate(null, options).Failures ?? [];
    }
}
