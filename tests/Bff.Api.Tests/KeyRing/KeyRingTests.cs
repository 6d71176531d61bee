using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Platform.Bff.Tests.Fixture;
using Platform.Testing;

namespace Platform.Bff.Tests.KeyRing;

public sealed class KeyRingTests(Portal portal) : IClassFixture<Portal>
{
    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task Is_shared_by_replicas_that_start_at_the_same_time()
    {
        using var redis = new RedisServer();
        var settings = With(redis);

        var replicas = await Task.WhenAll(Enumerable.Range(0, 3)
            .Select(_ => Task.Run(() => BffReplica.StartAsync(settings, _portal.Clock, _portal.Logs))));

        foreach (var writer in replicas)
        {
            var sealedText = Protector(writer).Protect("text");
            Assert.All(replicas, reader => Assert.Equal("text", Protector(reader).Unprotect(sealedText)));
        }

        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
        }
    }

    [Fact]
    public async Task Outlives_a_restart()
    {
        using var redis = new RedisServer();
        string sealedText;
        await using (var before = await BffReplica.StartAsync(With(redis), _portal.Clock, _portal.Logs))
        {
            sealedText = Protector(before).Protect("text");
        }

        await using var after = await BffReplica.StartAsync(With(redis), _portal.Clock, _portal.Logs);

        Assert.Equal("text", Protector(after).Unprotect(sealedText));
    }

    [Fact]
    public async Task Is_of_no_use_without_the_secret()
    {
        using var redis = new RedisServer();
        await using var owner = await BffReplica.StartAsync(With(redis), _portal.Clock, _portal.Logs);
        var sealedText = Protector(owner).Protect("text");

        var ring = redis.Connection.GetDatabase().ListRange("bff:key-ring");
        Assert.NotEmpty(ring);
        Assert.All(ring, key =>
        {
            Assert.Contains("SecretXmlDecryptor", (string)key!);
            Assert.DoesNotContain("<value>", (string)key!);
        });

        var settings = With(redis);
        settings["DataProtection:Secret"] = "another secret of more than 32 characters";
        await using var thief = await BffReplica.StartAsync(settings, _portal.Clock, _portal.Logs);
        Assert.ThrowsAny<CryptographicException>(() => Protector(thief).Unprotect(sealedText));
    }

    private Dictionary<string, string> With(RedisServer redis) =>
        new(_portal.Settings()) { ["ConnectionStrings:cache"] = redis.ConnectionString };

    private static IDataProtector Protector(BffReplica replica) =>
        replica.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
}
