using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using StackExchange.Redis;

namespace Platform.ServiceDefaults.KeyRing;

/// <summary>
/// The key ring as a list in Redis. Appending is atomic, so replicas that start together lose no key: each reads
/// the other's when it first meets what that one protected.
/// </summary>
internal sealed class RedisXmlRepository(IConnectionMultiplexer redis, string application) : IXmlRepository
{
    // A key is made every three months, so the ring of an application that runs never expires.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    private readonly RedisKey _list = $"{application}:key-ring";

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. redis.GetDatabase().ListRange(_list).Select(value => XElement.Parse((string)value!))];

    public void StoreElement(XElement element, string friendlyName)
    {
        var database = redis.GetDatabase();
        database.ListRightPush(_list, element.ToString(SaveOptions.DisableFormatting));
        database.KeyExpire(_list, Kept);
    }
}
