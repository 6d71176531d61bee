using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Platform.Bff.Keys;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Keys;

public sealed class ClientKeysTests : IAsyncLifetime
{
    private readonly FullPortal _portal = new();

    public ValueTask InitializeAsync() => _portal.InitializeAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task F23_S0_2_publishes_public_keys_and_nothing_else()
    {
        using var anybody = _portal.Browser();

        using var response = await anybody.SendAsync(HttpMethod.Get, "/.well-known/jwks.json", crossSite: true);

        Assert.Equal("application/jwk-set+json", response.Content.Headers.ContentType!.MediaType);
        var key = Assert.Single((await Browser.JsonAsync(response)).GetProperty("keys").EnumerateArray());
        Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], key.EnumerateObject().Select(member => member.Name).Order());
    }

    [Fact]
    public async Task Two_replicas_that_start_together_have_one_key()
    {
        var others = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _portal.AddReplicaAsync()));

        var keys = await Task.WhenAll(others.Append(_portal.Bff).Select(KeysAsync));

        Assert.Single(keys.Select(key => (key.Signing.KeyId, key.Proof.KeyId)).Distinct());
    }

    [Fact]
    public async Task S0_12_announces_the_next_key_before_it_signs_and_keeps_the_former_one()
    {
        var first = (await KeysAsync()).Signing.KeyId;

        var announced = await AfterAsync(TimeSpan.FromDays(90) - TimeSpan.FromHours(1));
        Assert.Equal(first, announced.Signing.KeyId);
        Assert.Equal(2, announced.Published.Keys.Count);

        var rotated = await AfterAsync(TimeSpan.FromHours(1));
        Assert.NotEqual(first, rotated.Signing.KeyId);
        Assert.Contains(rotated.Published.Keys, key => key.KeyId == first);
        await SignInAsync();

        Assert.DoesNotContain((await AfterAsync(TimeSpan.FromDays(2))).Published.Keys, key => key.KeyId == first);
    }

    [Fact]
    public async Task A_rotation_by_command_reaches_the_other_replicas_and_ends_no_session()
    {
        var other = await _portal.AddReplicaAsync();
        await KeysAsync(other);
        using var browser = await SignInAsync();

        var rotated = await _portal.Bff.Services.GetRequiredService<ClientKeys>().RotateAsync(TestContext.Current.CancellationToken);
        _portal.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(rotated.Signing.KeyId, (await LookAgainAsync(other)).Signing.KeyId);
        using var contacts = await browser.CallAsync("/api/contacts");
        Assert.Equal(HttpStatusCode.OK, contacts.StatusCode);
        await SignInAsync();
    }

    [Fact]
    public async Task A_sign_in_that_began_before_a_rotation_ends_after_it()
    {
        using var browser = _portal.Browser();
        var callback = await browser.BeginSignInAsync();

        await _portal.Bff.Services.GetRequiredService<ClientKeys>().RotateAsync(TestContext.Current.CancellationToken);

        await RefusedSignIn.AssertWorksAsync(browser, callback);
    }

    [Fact]
    public async Task No_private_key_is_readable_in_Redis()
    {
        var text = (string)(await _portal.Redis.Connection.GetDatabase().StringGetAsync("bff:keys"))!;

        Assert.DoesNotContain("PRIVATE KEY", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ec", "ES256")]
    [InlineData("rsa", "PS256")]
    public async Task S0_8_signs_with_the_key_of_a_PEM_file_and_publishes_the_others_of_it(string kind, string algorithm)
    {
        var file = Path.GetTempFileName();
        using var next = RSA.Create(2048);
        await File.WriteAllTextAsync(file, Pem(kind) + "\n" + next.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        await using var replica = await StartAsync(file);
        _portal.Provider.ClientKeys = async () => (await KeysAsync(replica)).Published.ToJson();
        using var browser = _portal.Browser(replica);

        await browser.SignInAsync();

        var keys = await KeysAsync(replica);
        Assert.Equal(algorithm, keys.Signing.Algorithm.ToString());
        Assert.Equal(2, keys.Published.Keys.Count);
        File.Delete(file);
    }

    [Fact]
    public async Task Takes_the_PEM_text_itself()
    {
        await using var replica = await StartAsync(Pem("ec").Replace("\n", "\\n", StringComparison.Ordinal));

        Assert.Single((await KeysAsync(replica)).Configured);
    }

    [Theory]
    [InlineData("/nowhere/key.pem", "cannot be read")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "there is no private key in PEM")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "neither EC on P-256 nor RSA")]
    public async Task A_key_that_cannot_be_used_stops_the_start(string key, string sentence)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(key));

        Assert.Contains("Bff:Keys:SigningKey (BFF_JWT_SIGNING_KEY)", failure.Message);
        Assert.Contains(sentence, failure.Message);
    }

    private static string Pem(string kind)
    {
        using AsymmetricAlgorithm key = kind is "ec" ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : RSA.Create(2048);
        return key.ExportPkcs8PrivateKeyPem();
    }

    private Task<BffReplica> StartAsync(string key) => BffReplica.StartAsync(
        new Dictionary<string, string>(_portal.Settings()) { ["Bff:Keys:SigningKey"] = key }, _portal.Clock, _portal.Logs);

    private async Task<KeySnapshot> AfterAsync(TimeSpan time)
    {
        _portal.Clock.Advance(time);
        return await LookAgainAsync(_portal.Bff);
    }

    private async Task<Browser> SignInAsync()
    {
        var browser = _portal.Browser();
        await browser.SignInAsync();
        return browser;
    }

    private async Task<KeySnapshot> KeysAsync(BffReplica? replica = null) =>
        await (replica ?? _portal.Bff).Services.GetRequiredService<ClientKeys>().GetAsync(TestContext.Current.CancellationToken);

    private static async Task<KeySnapshot> LookAgainAsync(BffReplica replica) =>
        await replica.Services.GetRequiredService<ClientKeys>().LookAgainAsync(TestContext.Current.CancellationToken);
}
