using StackExchange.Redis;

namespace Platform.IdP.Account;

/// <summary>Secrets of authenticator apps that are being set up: sealed, for a few minutes, one for a session.</summary>
internal sealed class PendingApps(IConnectionMultiplexer redis, CredentialSeal seal)
{
    private const string Prefix = "idp:app-pending:";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>Reloading the page shows the same secret: the app may have read it already.</summary>
    public async Task<byte[]> GetOrCreateAsync(SsoSession session)
    {
        var made = seal.Seal(Totp.NewSecret(), session.Subject);
        await redis.GetDatabase().StringSetAsync(KeyOf(session), made, Lifetime, When.NotExists);
        return await FindAsync(session) ?? seal.Open(made, session.Subject);
    }

    public async Task<byte[]?> FindAsync(SsoSession session) =>
        (string?)await redis.GetDatabase().StringGetAsync(KeyOf(session)) is { } kept ? seal.Open(kept, session.Subject) : null;

    public Task ForgetAsync(SsoSession session) => redis.GetDatabase().KeyDeleteAsync(KeyOf(session));

    private static RedisKey KeyOf(SsoSession session) => Prefix + Handle.Hash(session.SessionId);
}
