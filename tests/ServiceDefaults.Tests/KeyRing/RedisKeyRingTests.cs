using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Platform.ServiceDefaults.KeyRing;
using Platform.Testing;

namespace Platform.ServiceDefaults.Tests.KeyRing;

public sealed class RedisKeyRingTests : IDisposable
{
    private const string Secret = "a secret for the key ring, 32 or longer";

    private readonly RedisServer _redis = new();

    [Fact]
    public async Task Of_replicas_that_start_together_each_reads_what_the_others_protect()
    {
        var replicas = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => StartAsync("one"))));

        foreach (var writer in replicas)
        {
            var text = Protector(writer).Protect("text");
            Assert.All(replicas, reader => Assert.Equal("text", Protector(reader).Unprotect(text)));
        }

        Assert.Equal(1, _redis.Connection.GetDatabase().ListLength("one:key-ring"));

        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
        }
    }

    // .NET forgives replicas that have keys of their own for the first two minutes, and not after that.
    [Fact]
    public void Of_the_first_keys_of_replicas_that_found_none_one_is_kept()
    {
        var replicas = Enumerable.Range(0, 3).Select(_ => new RedisXmlRepository(_redis.Connection, "one")).ToList();
        Assert.All(replicas, replica => Assert.Empty(replica.GetAllElements()));

        foreach (var (number, replica) in replicas.Index())
        {
            replica.StoreElement(new XElement("key", number), "");
        }

        Assert.All(replicas, replica => Assert.Equal("0", Assert.Single(replica.GetAllElements()).Value));
        replicas[2].StoreElement(new XElement("key", "later"), "");
        Assert.All(replicas, replica => Assert.Equal(["0", "later"], replica.GetAllElements().Select(key => key.Value)));
    }

    [Fact]
    public async Task The_ring_is_sealed_and_does_not_stay_for_ever()
    {
        await using var service = await StartAsync("one");
        Protector(service).Protect("text");

        var database = _redis.Connection.GetDatabase();
        var keys = database.ListRange("one:key-ring");
        Assert.NotEmpty(keys);
        Assert.All(keys, key =>
        {
            Assert.Contains("<sealed ", (string)key!, StringComparison.Ordinal);
            Assert.DoesNotContain("<value>", (string)key!, StringComparison.Ordinal);
        });
        Assert.InRange(database.KeyTimeToLive("one:key-ring")!.Value.TotalDays, 364, 365);
    }

    [Fact]
    public async Task The_ring_does_not_open_with_another_secret()
    {
        string text;
        await using (var owner = await StartAsync("one"))
        {
            text = Protector(owner).Protect("text");
        }

        await using var other = await StartAsync("one", "another secret for the key ring, 32 or longer");

        Assert.ThrowsAny<CryptographicException>(() => Protector(other).Unprotect(text));
    }

    [Theory]
    [InlineData(Secret, "two")]
    [InlineData("another secret for the key ring, 32 or longer", "one")]
    public void A_key_is_sealed_for_one_application_and_one_secret(string secret, string application)
    {
        var sealedKey = new SecretXmlEncryptor(Secret, "one").Encrypt(new XElement("key", "value")).EncryptedElement;

        Assert.Equal("value", new SecretXmlEncryptor(Secret, "one").Decrypt(sealedKey).Value);
        Assert.ThrowsAny<CryptographicException>(() => new SecretXmlEncryptor(secret, application).Decrypt(sealedKey));
    }

    [Theory]
    [InlineData("", "DataProtection:Secret is not set")]
    [InlineData("short", "DataProtection:Secret is too short")]
    public async Task Without_a_good_secret_the_start_is_refused(string secret, string reason)
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync("one", secret));

        Assert.StartsWith(reason, fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _redis.Dispose();

    private Task<ServiceHost> StartAsync(string application, string secret = Secret) => ServiceHost.StartAsync(
        builder =>
        {
            builder.AddRedisClient("cache");
            builder.AddRedisKeyRing(application);
        },
        null,
        $"--ConnectionStrings:cache={_redis.ConnectionString}", $"--DataProtection:Secret={secret}");

    private static IDataProtector Protector(ServiceHost service) =>
        service.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
}
