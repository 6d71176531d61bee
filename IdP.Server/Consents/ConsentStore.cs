using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Platform.IdP.Consents;

/// <summary>Remembered consents: one per person and client, and the set of a person's clients.</summary>
internal sealed class ConsentStore(
    IConnectionMultiplexer redis, IOptions<InteractionOptions> options, TimeProvider clock)
    : RecordStore<Consent>(redis, "idp:consent:", ConsentJson.Default.Consent)
{
    private const string UserIndexPrefix = "idp:consents-sub:";

    // KEYS: consent, the person's clients. ARGV: record, ms, client.
    private const string Save = """
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        redis.call('SADD', KEYS[2], ARGV[3])
        redis.call('PEXPIRE', KEYS[2], ARGV[2])
        """;

    public Task<Consent?> FindAsync(string subject, string clientId) => ReadAsync(Of(subject, clientId));

    /// <summary>Adds to what the person allowed the client before.</summary>
    public async Task AddAsync(string subject, string clientId, IEnumerable<string> scopes, IEnumerable<string> claims)
    {
        var former = await FindAsync(subject, clientId);
        var consent = new Consent
        {
            ClientId = clientId,
            Scopes = [.. scopes.Union(former?.Scopes ?? [])],
            Claims = [.. claims.Union(former?.Claims ?? [])],
            GivenAt = clock.GetUtcNow(),
        };
        await Database.ScriptEvaluateAsync(Save, [KeyOf(Of(subject, clientId)), UserIndexPrefix + subject],
            [Write(consent), (long)options.Value.ConsentLifetime.TotalMilliseconds, clientId]);
    }

    public async Task<IReadOnlyList<Consent>> ListAsync(string subject)
    {
        var clients = await Database.SetMembersAsync(UserIndexPrefix + subject);
        var consents = await Task.WhenAll(clients.Select(client => FindAsync(subject, client!)));
        return [.. consents.OfType<Consent>().OrderBy(consent => consent.ClientId, StringComparer.Ordinal)];
    }

    public async Task WithdrawAsync(string subject, string clientId)
    {
        await DeleteAsync(Of(subject, clientId));
        await Database.SetRemoveAsync(UserIndexPrefix + subject, clientId);
    }

    // Neither part can imitate the border between the two.
    private static string Of(string subject, string clientId) => $"{subject.Length}:{subject}{clientId}";
}
