using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using StackExchange.Redis;

namespace Platform.IdP.Grants;

/// <summary>Short-lived records in Redis under the hash of their handle; each has a time to live.</summary>
internal abstract class RecordStore<T>(IConnectionMultiplexer redis, string prefix, JsonTypeInfo<T> json)
    where T : class
{
    protected IDatabase Database => redis.GetDatabase();

    protected Task SaveAsync(string handle, T record, TimeSpan lifetime) =>
        Database.StringSetAsync(KeyOf(handle), Write(record), lifetime);

    protected async Task<T?> ReadAsync(string handle) => Parse(await Database.StringGetAsync(KeyOf(handle)));

    protected Task<bool> DeleteAsync(string handle) => Database.KeyDeleteAsync(KeyOf(handle));

    protected string KeyOf(string handle) => prefix + Handle.Hash(handle);

    protected string Write(T record) => JsonSerializer.Serialize(record, json);

    protected T? Parse(RedisValue value) => value.IsNull ? null : JsonSerializer.Deserialize((string)value!, json);
}
