using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Platform.Sessions;

/// <summary>Which subjects an e-mail address belongs to, for transmitters that know people by nothing else.</summary>
public sealed class EmailSubjects(IConnectionMultiplexer redis, IOptions<SessionsOptions>? options = null)
{
    private readonly SessionsOptions _options = options?.Value ?? new();

    /// <summary>Before the session begins, so that no event finds the session without its address. Kept as long as it can live.</summary>
    public async Task NoteAsync(SessionRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Email is not { Length: > 0 } email)
        {
            return;
        }

        var key = SessionKeys.OfEmail(record.Issuer, email);
        var batch = redis.GetDatabase().CreateBatch();
        var noted = Task.WhenAll(
            batch.SetAddAsync(key, record.Subject),
            batch.KeyExpireAsync(key, _options.LongestLifetime + _options.LongestLifetime));
        batch.Execute();
        await noted.WaitAsync(cancellationToken);
    }

    /// <summary>More than one, where an address has changed hands since; none, where nobody of it has signed in.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(string issuer, string email, CancellationToken cancellationToken) =>
        [.. (await redis.GetDatabase().SetMembersAsync(SessionKeys.OfEmail(issuer, email)).WaitAsync(cancellationToken)).Select(subject => (string)subject!)];
}
