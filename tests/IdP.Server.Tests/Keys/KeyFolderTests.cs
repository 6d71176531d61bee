using Microsoft.Extensions.Options;
using Platform.IdP.Configuration;
using Platform.IdP.Keys;
using Platform.Testing;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Keys;

public sealed class KeyFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("idp-keys-").FullName;
    private readonly ManualClock _clock = new();

    private string FirstKey => Path.Combine(_folder, "es256-000001.pem");

    [Fact]
    public async Task Replicas_that_start_together_agree_on_the_keys()
    {
        using var together = new Barrier(8);
        var replicas = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                return new KeyReplica(Path.Combine(_folder, "new"), _clock);
            }, TaskCreationOptions.LongRunning)));

        Assert.Single(replicas.Select(replica => replica.Keys.Published.ToJson()).Distinct());
        Assert.Equal(["es256-000001.pem", "rs256-000001.pem"], Names(Path.Combine(_folder, "new")));
        Assert.All(replicas, replica => Assert.True(replica.Accepts(replicas[0].Sign())));
        Array.ForEach(replicas, replica => replica.Dispose());
    }

    [Fact]
    public void Of_those_that_make_the_same_key_at_once_one_succeeds()
    {
        var folders = Enumerable.Range(0, 4).Select(_ => new KeyFolder(_folder, "")).ToArray();
        using var key = SigningKey.Create(JwsAlgorithm.ES256);
        using var together = new Barrier(folders.Length);
        var made = new int[folders.Length];

        var threads = folders.Select((folder, replica) => new Thread(() =>
        {
            for (var generation = 1; generation <= 200; generation++)
            {
                together.SignalAndWait();
                made[replica] += folder.TryCreate(new(JwsAlgorithm.ES256, generation), key, _clock.GetUtcNow()) ? 1 : 0;
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal(200, made.Sum());
        Assert.Equal(200, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void A_key_is_made_when_it_is_first_asked_for()
    {
        using var replica = new KeyReplica(_folder, _clock);
        using var other = new KeyReplica(_folder, _clock);
        Assert.Empty(replica.Published(JwsAlgorithm.PS256));

        var key = replica.Keys.For(JwsAlgorithm.PS256);

        Assert.Equal([key.KeyId], replica.Published(JwsAlgorithm.PS256));
        Assert.Equal(JwsAlgorithm.PS256, key.Algorithm);
        Assert.Same(key, replica.Keys.For(JwsAlgorithm.PS256));
        Assert.Equal(key.KeyId, other.Keys.For(JwsAlgorithm.PS256).KeyId);
    }

    [Fact]
    public void A_key_that_is_configured_is_there_from_the_start()
    {
        using var replica = new KeyReplica(_folder, _clock, change: options => options.Algorithms.Add("PS256"));

        Assert.Single(replica.Published(JwsAlgorithm.PS256));
    }

    [Fact]
    public void No_private_key_rests_in_the_clear_and_only_the_owner_can_read_them()
    {
        using var replica = new KeyReplica(_folder, _clock);
        replica.Keys.For(JwsAlgorithm.PS256);
        replica.Keys.Rotate(null);

        Assert.Equal(6, Directory.GetFiles(_folder).Length);
        Assert.All(Directory.GetFiles(_folder), file =>
        {
            var text = File.ReadAllText(file);
            Assert.DoesNotContain("BEGIN PRIVATE KEY", text, StringComparison.Ordinal);
            Assert.Contains("BEGIN ENCRYPTED PRIVATE KEY", text, StringComparison.Ordinal);
            Assert.True(OperatingSystem.IsWindows() ||
                File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        });
    }

    [Fact]
    public void T63_The_published_keys_are_public_and_have_different_names()
    {
        using var replica = new KeyReplica(_folder, _clock);
        replica.Keys.For(JwsAlgorithm.PS256);
        replica.Keys.Rotate(null);

        var json = System.Text.Json.JsonDocument.Parse(replica.Keys.Published.ToJson()).RootElement;
        var keys = json.GetProperty("keys").EnumerateArray().ToList();

        Assert.Equal(6, keys.Select(key => key.GetProperty("kid").GetString()).Distinct().Count());
        string[] publicMembers = ["kty", "crv", "x", "y", "n", "e", "kid", "alg", "use"];
        Assert.All(keys, key => Assert.All(key.EnumerateObject(), member => Assert.Contains(member.Name, publicMembers)));
    }

    [Fact]
    public void Files_of_the_first_version_are_taken_over_and_encrypted()
    {
        using var tokens = SigningKey.Create(JwsAlgorithm.ES256);
        using var events = SigningKey.Create(JwsAlgorithm.RS256);
        File.WriteAllText(Path.Combine(_folder, "tokens-es256.pem"), tokens.ToPem());
        File.WriteAllText(Path.Combine(_folder, "events-rs256.pem"), events.ToPem());

        using var replica = new KeyReplica(_folder, _clock);

        Assert.Equal((tokens.KeyId, events.KeyId), (replica.Keys.Tokens.KeyId, replica.Keys.Events.KeyId));
        Assert.Equal(["es256-000001.pem", "rs256-000001.pem"], Names(_folder));
        Assert.DoesNotContain("BEGIN PRIVATE KEY", File.ReadAllText(FirstKey), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replicas_that_start_together_take_the_first_version_over_once()
    {
        using var tokens = SigningKey.Create(JwsAlgorithm.ES256);
        File.WriteAllText(Path.Combine(_folder, "tokens-es256.pem"), tokens.ToPem());
        using var together = new Barrier(4);

        var replicas = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                return new KeyReplica(_folder, _clock);
            }, TaskCreationOptions.LongRunning)));

        Assert.All(replicas, replica => Assert.Equal([tokens.KeyId], replica.Published(JwsAlgorithm.ES256)));
        Assert.Equal(["es256-000001.pem", "rs256-000001.pem"], Names(_folder));
        Array.ForEach(replicas, replica => replica.Dispose());
    }

    [Fact]
    public void Without_a_secret_it_warns_and_with_one_the_same_keys_are_encrypted()
    {
        string kid;
        using (var open = new KeyReplica(_folder, _clock, secret: ""))
        {
            kid = open.Keys.Tokens.KeyId;
            Assert.Single(open.Log, line => line.Contains("NOT ENCRYPTED", StringComparison.Ordinal));
            Assert.Contains("BEGIN PRIVATE KEY", File.ReadAllText(FirstKey), StringComparison.Ordinal);
        }

        using var replica = new KeyReplica(_folder, _clock);

        Assert.Equal(kid, replica.Keys.Tokens.KeyId);
        Assert.All(Directory.GetFiles(_folder), file =>
            Assert.DoesNotContain("BEGIN PRIVATE KEY", File.ReadAllText(file), StringComparison.Ordinal));
        Assert.DoesNotContain(replica.Log, line => line.Contains("NOT ENCRYPTED", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("another secret, of more than 32 characters", "cannot be decrypted with Keys:Secret: set Keys:Secret to")]
    [InlineData("", "the key is encrypted and Keys:Secret is not set: set it to")]
    public void A_secret_that_is_not_theirs_stops_the_start(string secret, string reason)
    {
        new KeyReplica(_folder, _clock).Dispose();

        var fault = Assert.Throws<ConfigurationFileException>(() => new KeyReplica(_folder, _clock, secret));

        Assert.StartsWith(_folder, fault.Message, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "the first line is not 'Active-From: '")]
    [InlineData("-----BEGIN ENCRYPTED PRIVATE KEY-----\n", "the first line is not 'Active-From: '")]
    [InlineData("Active-From: tomorrow\n", "the first line is not 'Active-From: '")]
    [InlineData("Active-From: 2030-01-01T00:00:00Z\n", "cannot be decrypted")]
    public void A_file_that_is_no_key_stops_the_start_and_is_named(string text, string reason)
    {
        new KeyReplica(_folder, _clock).Dispose();
        File.WriteAllText(FirstKey, text);

        var fault = Assert.Throws<ConfigurationFileException>(() => new KeyReplica(_folder, _clock));

        Assert.StartsWith($"{FirstKey}, line 1: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_whose_key_is_damaged_stops_the_start_and_is_named()
    {
        new KeyReplica(_folder, _clock).Dispose();
        var text = File.ReadAllText(FirstKey);
        File.WriteAllText(FirstKey, text[..(text.Length / 2)]);

        var fault = Assert.Throws<ConfigurationFileException>(() => new KeyReplica(_folder, _clock));

        Assert.StartsWith($"{FirstKey}, line 1: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_key_in_two_files_stops_the_start()
    {
        new KeyReplica(_folder, _clock).Dispose();
        File.Copy(FirstKey, Path.Combine(_folder, "es256-000002.pem"));

        Assert.Contains("remove one of the two files",
            Assert.Throws<ConfigurationFileException>(() => new KeyReplica(_folder, _clock)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_stops_the_start()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");

        Assert.StartsWith($"Keys:Folder is '{file}'",
            Assert.Throws<OptionsValidationException>(() => new KeyReplica(file, _clock)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IEnumerable<string?> Names(string folder) =>
        Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
