using Microsoft.Extensions.Options;
using Platform.IdP.Configuration;
using Platform.IdP.Credentials;
using Platform.IdP.Users;

namespace Platform.IdP.Tests.Users;

public sealed class PasswordVerifierTests : IDisposable
{
    private readonly CredentialStore _credentials = new(Directory.CreateTempSubdirectory("credentials-").FullName);

    public void Dispose() => _credentials.Dispose();

    [Fact]
    public async Task T26_Beyond_the_limit_nobody_waits_and_nothing_is_hashed()
    {
        using var passwords = new PasswordVerifier(new UserDirectory([]), _credentials, Options.Create(new IdpOptions
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
        using var passwords = new PasswordVerifier(new UserDirectory([]), _credentials, Options.Create(new IdpOptions
        {
            Attempts = { ConcurrentHashes = 1, WaitingHashes = 0 },
        }));

        Assert.IsType<PasswordCheck.Wrong>(await passwords.VerifyAsync("nobody", "password", TestContext.Current.CancellationToken));
        Assert.IsType<PasswordCheck.Wrong>(await passwords.VerifyAsync("nobody", "password", TestContext.Current.CancellationToken));
    }
}
