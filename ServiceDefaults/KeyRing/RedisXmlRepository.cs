using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using StackExchange.Redis;

namespace Platform.ServiceDefaults.KeyRing;

/// <summary>
/// The key ring as a list in Redis. Replicas that start together all find it empty and all make a first key; only one of these is
/// kept, which the others read when they have made theirs. Otherwise each would protect by its own: .NET looks for keys that it
/// does not know during the first two minutes of a process alone, and once a day.
/// </summary>
internal sealed class RedisXmlRepository(IConnectionMultiplexer redis, string application) : IXmlRepository
{
    // A key is made every three months, so the ring of an application that runs never expires.
    private const int KeptForSeconds = 365 * 24 * 60 * 60;

    private const string Store = """
        if ARGV[2] == '1' and redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
        redis.call('RPUSH', KEYS[1], ARGV[1])
        redis.call('EXPIRE', KEYS[1], ARGV[3])
        return 1
        """;

    private readonly RedisKey[] _list = [$"{application}:key-ring"];
    private volatile bool _wasEmpty;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var elements = redis.GetDatabase().ListRange(_list[0]);
        _wasEmpty = elements.Length == 0;
        return [.. elements.Select(value => XElement.Parse((string)value!))];
    }

    public void StoreElement(XElement element, string friendlyName) =>
        redis.GetDatabase().ScriptEvaluate(Store, _list, [element.ToString(SaveOptions.DisableFormatting), _wasEmpty, KeptForSeconds]);
}
