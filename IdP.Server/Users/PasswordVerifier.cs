using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Platform.IdP.Users;

/// <summary>
/// Checks passwords. A hash is expensive on purpose, so that only so many run at a time; and one is computed for
/// a name that nobody has, so that time does not tell who exists.
/// </summary>
internal sealed class PasswordVerifier(
    UserDirectory users, CredentialStore credentials, IPasswordHasher<User> hasher, IOptions<IdpOptions> options) : IDisposable
{
    private readonly User _nobody = Nobody(hasher);

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.Value.Attempts.ConcurrentHashes,
        QueueLimit = options.Value.Attempts.WaitingHashes,
    });

    public async Task<PasswordCheck> VerifyAsync(string userName, string password, CancellationToken cancellationToken)
    {
        using var turn = await _limiter.AcquireAsync(1, cancellationToken);
        if (!turn.IsAcquired)
        {
            return new PasswordCheck.Busy();
        }

        var user = users.FindByUserName(userName);
        var checkedUser = user ?? _nobody;
        var hash = CurrentHash(checkedUser, await credentials.FindAsync(checkedUser.Subject, cancellationToken));
        var result = hasher.VerifyHashedPassword(checkedUser, hash, password);
        return user is not null && result is not PasswordVerificationResult.Failed
            ? new PasswordCheck.Valid(user)
            : new PasswordCheck.Wrong();
    }

    /// <summary>Hashes a new password; null when too many are being hashed.</summary>
    public async Task<ChangedPassword?> HashAsync(
        User user, string password, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var turn = await _limiter.AcquireAsync(1, cancellationToken);
        return turn.IsAcquired
            ? new ChangedPassword(hasher.HashPassword(user, password), Handle.Hash(user.PasswordHash), now)
            : null;
    }

    public void Dispose() => _limiter.Dispose();

    // What the person chose counts until the operator writes a new entry.
    private static string CurrentHash(User user, PersonCredentials credentials) =>
        credentials.Password is { } changed && changed.Supersedes == Handle.Hash(user.PasswordHash)
            ? changed.Hash
            : user.PasswordHash;

    private static User Nobody(IPasswordHasher<User> hasher)
    {
        var nobody = new User("", "", "", "", "", false);
        return nobody with { PasswordHash = hasher.HashPassword(nobody, Guid.NewGuid().ToString()) };
    }
}

internal abstract record PasswordCheck
{
    public sealed record Valid(User User) : PasswordCheck;

    /// <summary>Wrong password or unknown name: nothing tells one from the other.</summary>
    public sealed record Wrong : PasswordCheck;

    public sealed record Busy : PasswordCheck;
}
