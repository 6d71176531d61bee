using Platform.Testing;
using StackExchange.Redis;

namespace Platform.Sessions.Tests;

/// <summary>A real Redis with the store and the revocation on top, at a standing time.</summary>
public sealed class SessionsFixture : IDisposable
{
    public const string Issuer = "https://localhost:7100";

    private readonly RedisServer _server = new();

    public SessionsFixture()
    {
        Store = new SessionStore(Redis, Clock);
        Revocation = new SessionRevocation(Redis, Clock);
    }

    public ManualClock Clock { get; } = new();

    public IConnectionMultiplexer Redis => _server.Connection;

    public string ConnectionString => _server.ConnectionString;

    public SessionStore Store { get; }

    public SessionRevocation Revocation { get; }

    /// <summary>A record of a user of its own, authenticated a minute ago.</summary>
    public SessionRecord Record(string? subject = null, string? sessionId = null) => new()
    {
        Issuer = Issuer,
        Subject = subject ?? Guid.NewGuid().ToString(),
        SessionId = sessionId ?? Guid.NewGuid().ToString(),
        Name = "Ada Lovelace",
        Email = "ada@example.com",
        CreatedAt = Clock.GetUtcNow(),
        AuthenticatedAt = Clock.GetUtcNow() - TimeSpan.FromMinutes(1),
        ExpiresAt = Clock.GetUtcNow() + TimeSpan.FromHours(1),
    };

    public SessionTokens Tokens() => new SessionTokens { IdToken = "the-id-token", RefreshToken = "the-refresh-token" }
        .With("", new SessionAccessToken("the-access-token", "Bearer", Clock.GetUtcNow() + TimeSpan.FromMinutes(5)));

    public async Task<string> CreateAsync(SessionRecord record) =>
        Assert.IsType<SessionCreation.Created>(await Store.CreateAsync(record, Tokens(), TestContext.Current.CancellationToken)).Handle;

    public Task<bool> EndAsync(string handle) => Store.EndByKeyAsync(SessionStore.KeyOf(handle), TestContext.Current.CancellationToken);

    public async Task<SessionRecord?> FindAsync(string handle) => (await FindLiveAsync(handle))?.Record;

    public Task<LiveSession?> FindLiveAsync(string handle) => Store.FindAsync(handle, TestContext.Current.CancellationToken);

    public Task<RevocationOutcome> RevokeAsync(
        string? subject = null, string? sessionId = null, string? eventId = null, DateTimeOffset? occurredAt = null) =>
        Revocation.RevokeAsync(
            new(Issuer, subject, sessionId, eventId ?? Guid.NewGuid().ToString(), occurredAt ?? Clock.GetUtcNow()),
            TestContext.Current.CancellationToken);

    /// <summary>Restarts Redis, which forgets everything.</summary>
    public void RestartRedis()
    {
        _server.Stop();
        _server.Start();
    }

    public void Dispose() => _server.Dispose();
}
