using Platform.Sessions;
using StackExchange.Redis;

namespace Platform.Caep.Tests.Fixtures;

/// <summary>Signs people in, as the BFF would, and looks whether they still are.</summary>
internal sealed class SessionsOf(IConnectionMultiplexer redis, string issuer)
{
    private readonly SessionStore _store = new(redis, TimeProvider.System);

    public async Task<string> SignInAsync(string subject, string? sessionId = null) =>
        Assert.IsType<SessionCreation.Created>(await TrySignInAsync(subject, sessionId)).Handle;

    public Task<SessionCreation> TrySignInAsync(string subject, string? sessionId = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        return _store.CreateAsync(
            new SessionRecord
            {
                Issuer = issuer,
                Subject = subject,
                SessionId = sessionId,
                CreatedAt = now,
                AuthenticatedAt = now - TimeSpan.FromMinutes(1),
                ExpiresAt = now + TimeSpan.FromHours(1),
            },
            new SessionTokens(),
            TestContext.Current.CancellationToken);
    }

    public async Task<bool> IsAliveAsync(string handle) =>
        await _store.FindAsync(handle, TestContext.Current.CancellationToken) is not null;

    public async Task<bool> IsDeadAsync(string handle) => !await IsAliveAsync(handle);
}
