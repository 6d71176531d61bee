using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Platform.IdP.Configuration;
using Platform.IdP.Credentials;
using Platform.IdP.Tests.Running;
using Platform.IdP.Users;
using Platform.Testing;

namespace Platform.IdP.Tests.Users;

public sealed class PasswordVerifierTests(RedisServer redis) : IClassFixture<RedisServer>, IDisposable
{
    private readonly CredentialStore _credentials = new(Directory.CreateTempSubdirectory("credentials-").FullName,
        RaisedEvents.OfCredentials(redis.Connection), NullLogger<CredentialStore>.Instance);

    [Fact]
    public async Task T26_Beyond_the_limit_nobody_waits_and_nothing_is_hashed()
    {
        using var passwords = new PasswordVerifier(new UserDirectory([]), _credentials, new PasswordHasher<User>(), Options.Create(new IdpOptions
        {
            Attempts = { ConcurrentHashes = 1, WaitingHashes = 0 },
        }));
        using var together = new Barrier(8);

        var checks = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                return passwords.VerifyAsync("nobody", "password", TestContext.Current.CancellationToken);
            }, TaskCreationOptions.LongRunning).Unwrap()));

        Assert.Contains(checks, check => check is PasswordCheck.Busy);
        Assert.Contains(checks, check => check is PasswordCheck.Wrong);
    }

    [Fact]
    public async Task A_place_is_given_back()
    {
        using var passwords = new PasswordVerifier(new UserDirectory([]), _credentials, new PasswordHasher<User>(), Options.Create(new IdpOptions
        {
            Attempts = { ConcurrentHashes = 1, WaitingHashes = 0 },
        }));

        Assert.IsType<PasswordCheck.Wrong>(await passwords.VerifyAsync("nobody", "password", TestContext.Current.CancellationToken));
        Assert.IsType<PasswordCheck.Wrong>(await passwords.VerifyAsync("nobody", "password", TestContext.Current.CancellationToken));
    }

    // The time itself says nothing in a test: that as much is computed, of the same kind, does.
    [Theory]
    [InlineData("ada", "a wrong password")]
    [InlineData("ada", "analytical-engine")]
    [InlineData("disabled", "analytical-engine")]
    [InlineData("nobody", "analytical-engine")]
    [InlineData("", "")]
    public async Task Threat25_One_hash_of_the_same_cost_is_computed_whoever_there_is(string userName, string password)
    {
        var hasher = new CountingHasher();
        var hash = new PasswordHasher<User>().HashPassword(User("ada", ""), "analytical-engine");
        using var passwords = new PasswordVerifier(
            new UserDirectory([User("ada", hash), User("disabled", hash) with { IsDisabled = true }]), _credentials, hasher,
            Options.Create(new IdpOptions()));

        await passwords.VerifyAsync(userName, password, TestContext.Current.CancellationToken);

        var (computed, given) = Assert.Single(hasher.Verified);
        Assert.Equal(password, given);
        Assert.Equal(Cost(hash), Cost(computed));
    }

    public void Dispose() => _credentials.Dispose();

    private static User User(string name, string hash) => new(name, name, name, name, hash, IsDemo: false);

    // Format, function, iterations, size of the salt; then the salt and what was derived.
    private static (string Head, int Length) Cost(string hash)
    {
        var bytes = Convert.FromBase64String(hash);
        return (Convert.ToHexString(bytes, 0, 13), bytes.Length);
    }

    /// <summary>The real one, which is watched.</summary>
    private sealed class CountingHasher : IPasswordHasher<User>
    {
        private readonly PasswordHasher<User> _hasher = new();

        public List<(string Hash, string Password)> Verified { get; } = [];

        public string HashPassword(User user, string password) => _hasher.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
        {
            Verified.Add((hashedPassword, providedPassword));
            return _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
