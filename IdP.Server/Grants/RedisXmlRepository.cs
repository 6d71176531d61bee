using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using StackExchange.Redis;

namespace Platform.IdP.Grants;

/// <summary>
/// The key ring of ASP.NET Core's DataProtection, shared by all processes. It protects form tokens only, no session
/// and no secret, so the keys are stored as they are.
/// </summary>
internal sealed class RedisXmlRepository(IConnectionMultiplexer redis) : IXmlRepository
{
    private const string Key = "idp:dataprotection";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    // Two processes that start together both find an empty ring and make a key. The one that comes second acted on
    // an outdated view: its key is dropped, and DataProtection reads the ring again after every store.
    private const string AppendToSeen = """
        if redis.call('LLEN', KEYS[1]) == tonumber(ARGV[1]) then
          redis.call('RPUSH', KEYS[1], ARGV[2])
          redis.call('PEXPIRE', KEYS[1], ARGV[3])
        end
        """;

    private volatile int _seen;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var elements = redis.GetDatabase().ListRange(Key);
        _seen = elements.Length;
        return [.. elements.Select(element => XElement.Parse((string)element!))];
    }

    public void StoreElement(XElement element, string friendlyName) => redis.GetDatabase().ScriptEvaluate(
        AppendToSeen, [Key], [_seen, element.ToString(SaveOptions.DisableFormatting), (long)Kept.TotalMilliseconds]);
}
