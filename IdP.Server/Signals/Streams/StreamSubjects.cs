using Microsoft.Extensions.Options;
using Platform.Tokens.SecurityEvents;
using StackExchange.Redis;

namespace Platform.IdP.Signals.Streams;

/// <summary>
/// The subjects that a receiver added or removed (SSF 1.0 section 8.1.3). Only the exceptions from the stream's default are
/// kept: those removed where it has all, those added where it has none. Nobody looks whether a subject is known here, so
/// that the answer cannot tell (section 9.1).
/// </summary>
internal sealed class StreamSubjects(IConnectionMultiplexer redis, IOptions<StreamOptions> options)
{
    // Each event is compared with all of these.
    private const int MostComplex = 1000;

    // KEYS: streams, the set. ARGV: id, member, the most members. What is returned is a SubjectOutcome; nothing: the stream is gone.
    private const string Keep = LiveStream.OrNothing + """
        if redis.call('SISMEMBER', KEYS[2], ARGV[2]) == 1 then return 1 end
        if redis.call('SCARD', KEYS[2]) >= tonumber(ARGV[3]) then return 2 end
        return redis.call('SADD', KEYS[2], ARGV[2])
        """;

    private const string Forget = LiveStream.OrNothing + """
        redis.call('SREM', KEYS[2], ARGV[2])
        return 1
        """;

    private IDatabase Database => redis.GetDatabase();

    public Task<SubjectOutcome> AddAsync(EventStream stream, SubjectIdentifier subject) =>
        ChangeAsync(stream.HasAllSubjects ? Forget : Keep, stream, subject);

    public Task<SubjectOutcome> RemoveAsync(EventStream stream, SubjectIdentifier subject) =>
        ChangeAsync(stream.HasAllSubjects ? Keep : Forget, stream, subject);

    /// <summary>Whether the stream is about this subject.</summary>
    public async Task<bool> IncludesAsync(EventStream stream, EventParticipants participants)
    {
        var simple = await Task.WhenAll(participants.Identifiers.Select(identifier =>
            Database.SetContainsAsync(StreamKeys.Subjects(stream.Id), Handle.Hash(identifier))));
        if (simple.Contains(true))
        {
            return !stream.HasAllSubjects;
        }

        var complex = await Database.SetMembersAsync(StreamKeys.ComplexSubjects(stream.Id));
        return stream.HasAllSubjects
            ? !complex.Any(member => participants.AreWithin(CanonicalSubject.Members((string)member!)))
            : complex.Any(member => participants.Match(CanonicalSubject.Members((string)member!)));
    }

    private async Task<SubjectOutcome> ChangeAsync(string script, EventStream stream, SubjectIdentifier subject)
    {
        var (key, member, most) = Place(stream, subject);
        return (SubjectOutcome)(int)await Database.ScriptEvaluateAsync(script, [StreamKeys.Streams, key], [stream.Id, member, most]);
    }

    // Of what can be looked up the hash is enough: addresses of people who are no users here need not be kept.
    private (RedisKey Key, string Member, int Most) Place(EventStream stream, SubjectIdentifier subject) =>
        subject is SubjectIdentifier.Complex complex
            ? (StreamKeys.ComplexSubjects(stream.Id), CanonicalSubject.Of(complex), MostComplex)
            : (StreamKeys.Subjects(stream.Id), Handle.Hash(CanonicalSubject.Of(subject)), options.Value.SubjectsPerStream);
}

/// <summary>What became of a subject that a receiver added or removed.</summary>
internal enum SubjectOutcome
{
    /// <summary>The stream has gone meanwhile.</summary>
    Gone,

    /// <summary>It is as the receiver wishes.</summary>
    Done,

    /// <summary>There are as many exceptions as there may be.</summary>
    TooMany,
}
