using Platform.Sessions;
using StackExchange.Redis;

namespace Platform.Caep.Tests.Fixtures;

/// <summary>Signs people in, as the BFF would, and looks whether they still are.</summary>
internal sealed class SessionsOf(IConnectionMultiplexer redis, string issuer)
{
    private readonly SessionStore _store = new(redis, TimeProvider.System);

    public async Task<string> SignInAsync(string subject, string? sessionId = null, string? email = null) =>
        Assert.IsType<SessionCreation.Created>(await TrySignInAsync(subject, sessionId, email)).Handle;

    public async Task<SessionCreation> TrySignInAsync(string subject, string? sessionId = null, string? email = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        var record = new SessionRecord
        {
            Issuer = issuer,
            Subject = subject,
            SessionId = sessionId,
            Email = email,
            CreatedAt = now,
            AuthenticatedAt = now - TimeSpan.FromMinutes(1),
            ExpiresAt = now + TimeSpan.FromHours(1),
        };
        await new EmailSubjects(redis).NoteAsync(record, TestContext.Current.CancellationToken);
        return await _store.CreateAsync(record, new SessionTokens(), TestContext.Current.CancellationToken);
    }

    public async Task<LiveSession> FindAsync(string handle) =>
        await _store.FindAsync(handle, TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("The session is gone.");

    public async Task<bool> IsAliveAsync(string handle) =>
        await _store.FindAsync(handle, TestContext.Current.CancellationToken) is not null;

    public async Task<bool> IsDeadAsync(string handle) => !await IsAliveAsync(handle);
}
