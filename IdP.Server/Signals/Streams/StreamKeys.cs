using StackExchange.Redis;

namespace Platform.IdP.Signals.Streams;

/// <summary>Where a stream and what belongs to it are in Redis. None of it has a time to live: nothing may be lost.</summary>
internal static class StreamKeys
{
    public const string Streams = "idp:ssf:streams";

    public static RedisKey Of(string clientId) => $"idp:ssf:receiver:{clientId}";

    /// <summary>What happened on the stream of late.</summary>
    public static RedisKey Record(string id) => $"idp:ssf:stream:{id}:record";

    /// <summary>The subjects that make exceptions from the stream's default.</summary>
    public static RedisKey Subjects(string id) => $"idp:ssf:stream:{id}:subjects";

    /// <summary>Those of them that are complex, which cannot be looked up but must be compared.</summary>
    public static RedisKey ComplexSubjects(string id) => $"idp:ssf:stream:{id}:complex-subjects";

    /// <summary>SETs that the receiver would not have.</summary>
    public static RedisKey DeadLetters(string id) => $"idp:ssf:stream:{id}:dead-letters";
}
