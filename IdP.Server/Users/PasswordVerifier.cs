using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Platform.IdP.Users;

/// <summary>
/// Checks passwords. A hash is expensive on purpose, so that only so many run at a time; and one is computed for
/// a name that nobody has, so that time does not tell who exists.
/// </summary>
internal sealed class PasswordVerifier(UserDirectory users, IOptions<IdpOptions> options) : IDisposable
{
    private readonly PasswordHasher<User> _hasher = new();
    private readonly User _nobody = Nobody();

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
        var result = _hasher.VerifyHashedPassword(checkedUser, checkedUser.PasswordHash, password);
        return user is not null && result is not PasswordVerificationResult.Failed
            ? new PasswordCheck.Valid(user)
            : new PasswordCheck.Wrong();
    }

    public void Dispose() => _limiter.Dispose();

    private static User Nobody()
    {
        var nobody = new User("", "", "", "", "", false);
        return nobody with { PasswordHash = new PasswordHasher<User>().HashPassword(nobody, Guid.NewGuid().ToString()) };
    }
}

internal abstract record PasswordCheck
{
    public sealed record Valid(User User) : PasswordCheck;

    /// <summary>Wrong password or unknown name: nothing tells one from the other.</summary>
    public sealed record Wrong : PasswordCheck;

    public sealed record Busy : PasswordCheck;
}
