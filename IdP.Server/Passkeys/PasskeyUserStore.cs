using Microsoft.AspNetCore.Identity;

namespace Platform.IdP.Passkeys;

/// <summary>
/// What ASP.NET Core's WebAuthn verifier asks about people and their passkeys. It reads through the user manager, which
/// knows more questions than are asked here; people themselves are changed in config/users.yaml alone.
/// </summary>
internal sealed class PasskeyUserStore(UserDirectory users, CredentialStore credentials) : IUserPasskeyStore<User>
{
    public Task<string> GetUserIdAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.Subject);

    public Task<string?> GetUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.UserName);

    public Task<string?> GetNormalizedUserNameAsync(User user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.UserName.ToUpperInvariant());

    public Task<User?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(users.FindBySubject(userId));

    public Task<User?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        Task.FromResult(users.FindByUserName(normalizedUserName));

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(User user, CancellationToken cancellationToken) =>
        [.. (await credentials.FindAsync(user.Subject, cancellationToken)).Passkeys.Select(PasskeyRecords.ToInfo)];

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(User user, byte[] credentialId, CancellationToken cancellationToken) =>
        (await GetPasskeysAsync(user, cancellationToken)).FirstOrDefault(passkey => passkey.CredentialId.SequenceEqual(credentialId));

    // Credential identifiers are random: two people who have the same one would be no accident.
    public async Task<User?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        foreach (var user in users.All)
        {
            if (await FindPasskeyAsync(user, credentialId, cancellationToken) is not null)
            {
                return user;
            }
        }

        return null;
    }

    public Task AddOrUpdatePasskeyAsync(User user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        credentials.UpdateAsync(user.Subject, own => own with
        {
            Passkeys =
            [
                .. own.Passkeys.Where(other => !other.Id.SequenceEqual(passkey.CredentialId)),
                PasskeyRecords.FromInfo(passkey, own.Passkeys.FirstOrDefault(other => other.Id.SequenceEqual(passkey.CredentialId))),
            ],
        }, cancellationToken);

    public Task RemovePasskeyAsync(User user, byte[] credentialId, CancellationToken cancellationToken) =>
        credentials.UpdateAsync(user.Subject, own => own with
        {
            Passkeys = [.. own.Passkeys.Where(other => !other.Id.SequenceEqual(credentialId))],
        }, cancellationToken);

    public Task SetUserNameAsync(User user, string? userName, CancellationToken cancellationToken) => throw ReadOnly();

    public Task SetNormalizedUserNameAsync(User user, string? normalizedName, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<IdentityResult> CreateAsync(User user, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<IdentityResult> UpdateAsync(User user, CancellationToken cancellationToken) => throw ReadOnly();

    public Task<IdentityResult> DeleteAsync(User user, CancellationToken cancellationToken) => throw ReadOnly();

    public void Dispose()
    {
    }

    private static NotSupportedException ReadOnly() => new("People are changed in config/users.yaml.");
}
