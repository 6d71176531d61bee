using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.IdP.Credentials;
using Platform.IdP.Tests.Running;
using Platform.Testing;

namespace Platform.IdP.Tests.Credentials;

public sealed class CredentialStoreTests(RedisServer redis) : IClassFixture<RedisServer>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("credentials-").FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_what_was_written_for_whoever_opens_it_next()
    {
        using (var store = NewStore())
        {
            await store.UpdateAsync("ada/../x", own => own with { RecoveryCodes = ["one"] }, Cancelled);
        }

        using var next = NewStore();

        Assert.Equal(["one"], (await next.FindAsync("ada/../x", Cancelled)).RecoveryCodes);
        Assert.Empty((await next.FindAsync("grace", Cancelled)).RecoveryCodes);
        Assert.All(Directory.GetFiles(_folder), file => Assert.Equal(_folder, Path.GetDirectoryName(file)));
    }

    [Fact]
    public async Task Loses_no_change_of_writers_that_come_together()
    {
        using var first = NewStore();
        using var second = NewStore();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => (number % 2 == 0 ? first : second).UpdateAsync(
            "ada", own => own with { RecoveryCodes = [.. own.RecoveryCodes, $"{number}"] }, Cancelled)));

        Assert.Equal(40, (await first.FindAsync("ada", Cancelled)).RecoveryCodes.Count);
    }

    [Fact]
    public async Task Writes_nothing_where_nothing_changes()
    {
        using var store = NewStore();

        Assert.False(await store.UpdateAsync("ada", _ => null, Cancelled));
        Assert.Empty(Directory.GetFiles(_folder, "*.json"));
    }

    [Fact]
    public void Threat28_A_secret_opens_for_its_person_and_under_its_key_alone()
    {
        var seal = Seal("a secret of thirty-two characters or more");
        var box = seal.Seal([1, 2, 3], "ada");

        Assert.Equal([1, 2, 3], seal.Open(box, "ada"));
        Assert.ThrowsAny<CryptographicException>(() => seal.Open(box, "grace"));
        Assert.ThrowsAny<CryptographicException>(() => Seal("another secret of thirty-two characters").Open(box, "ada"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private CredentialStore NewStore() =>
        new(_folder, RaisedEvents.OfCredentials(redis.Connection), NullLogger<CredentialStore>.Instance);

    private static CredentialSeal Seal(string secret) => new(new ConfigurationBuilder()
        .AddInMemoryCollection([new("Keys:Secret", secret)]).Build());
}
