using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using StackExchange.Redis;

namespace Platform.Bff.KeyRing;

/// <summary>The key ring as a list in Redis. Appending is atomic, so replicas that start together lose no key.</summary>
internal sealed class RedisXmlRepository(IConnectionMultiplexer redis) : IXmlRepository
{
    public const string List = "bff:dataprotection";

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. redis.GetDatabase().ListRange(List).Select(value => XElement.Parse((string)value!))];

    public void StoreElement(XElement element, string friendlyName) =>
        redis.GetDatabase().ListRightPush(List, element.ToString(SaveOptions.DisableFormatting));
}
