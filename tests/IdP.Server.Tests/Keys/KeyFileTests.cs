using Platform.IdP.Configuration;
using Platform.IdP.Keys;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Keys;

public sealed class KeyFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("idp-keys-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "new", "key.pem");

    [Fact]
    public void Keeps_the_key_that_it_made()
    {
        using var first = KeyFile.LoadOrCreate(Path, JwsAlgorithm.ES256);
        using var second = KeyFile.LoadOrCreate(Path, JwsAlgorithm.ES256);

        Assert.Equal(first.KeyId, second.KeyId);
    }

    [Fact]
    public void Only_the_owner_can_read_it()
    {
        using var key = KeyFile.LoadOrCreate(Path, JwsAlgorithm.ES256);

        Assert.True(OperatingSystem.IsWindows() ||
            File.GetUnixFileMode(Path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task Those_who_start_together_agree_on_one_key()
    {
        using var together = new Barrier(8);
        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                return KeyFile.LoadOrCreate(Path, JwsAlgorithm.ES256);
            }, TaskCreationOptions.LongRunning)));

        Assert.Single(keys.Select(key => key.KeyId).Distinct());
        Assert.Equal([Path], Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!));
    }

    [Fact]
    public void A_file_that_holds_no_such_key_is_named()
    {
        using (KeyFile.LoadOrCreate(Path, JwsAlgorithm.ES256))
        {
            var fault = Assert.Throws<ConfigurationFileException>(() => KeyFile.LoadOrCreate(Path, JwsAlgorithm.RS256));
            Assert.StartsWith(Path, fault.Message, StringComparison.Ordinal);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
