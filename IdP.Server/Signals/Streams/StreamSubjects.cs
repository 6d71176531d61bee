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

    // KEYS: streams, the set. ARGV: id, member, the most members.
    private const string Add = LiveStream.OrNothing + """
        if redis.call('SISMEMBER', KEYS[2], ARGV[2]) == 1 then return 1 end
        if redis.call('SCARD', KEYS[2]) >= tonumber(ARGV[3]) then return 0 end
        return redis.call('SADD', KEYS[2], ARGV[2])
        """;

    private IDatabase Database => redis.GetDatabase();

    /// <summary>False when there are as many exceptions as there may be, or the stream has gone meanwhile.</summary>
    public Task<bool> TryAddAsync(EventStream stream, SubjectIdentifier subject) =>
        stream.HasAllSubjects ? ForgetAsync(stream, subject) : TryKeepAsync(stream, subject);

    /// <summary>False when there are as many exceptions as there may be, or the stream has gone meanwhile.</summary>
    public Task<bool> TryRemoveAsync(EventStream stream, SubjectIdentifier subject) =>
        stream.HasAllSubjects ? TryKeepAsync(stream, subject) : ForgetAsync(stream, subject);

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

    private async Task<bool> TryKeepAsync(EventStream stream, SubjectIdentifier subject)
    {
        var (key, member, most) = Place(stream, subject);
        return (bool)await Database.ScriptEvaluateAsync(Add, [StreamKeys.Streams, key], [stream.Id, member, most]);
    }

    private async Task<bool> ForgetAsync(EventStream stream, SubjectIdentifier subject)
    {
        var (key, member, _) = Place(stream, subject);
        await Database.SetRemoveAsync(key, member);
        return true;
    }

    // Of what can be looked up the hash is enough: addresses of people who are no users here need not be kept.
    private (RedisKey Key, string Member, int Most) Place(EventStream stream, SubjectIdentifier subject) =>
        subject is SubjectIdentifier.Complex complex
            ? (StreamKeys.ComplexSubjects(stream.Id), CanonicalSubject.Of(complex), MostComplex)
            : (StreamKeys.Subjects(stream.Id), Handle.Hash(CanonicalSubject.Of(subject)), options.Value.SubjectsPerStream);
}
