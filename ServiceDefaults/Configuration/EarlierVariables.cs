using Microsoft.Extensions.Configuration;

namespace Platform.ServiceDefaults.Configuration;

/// <summary>The environment variables of earlier deployments, under the names that a service uses itself.</summary>
public static class EarlierVariables
{
    private const string RedisVariable = "REDIS_URL";

    /// <summary>Takes each setting that is not set under its own name from the first of its variables that is.</summary>
    /// <exception cref="InvalidOperationException"><c>REDIS_URL</c> is not an address of Redis.</exception>
    public static void Apply(IConfigurationManager configuration, IEnumerable<(string Variable, string Setting)> names)
    {
        var values = new Dictionary<string, string?>();
        foreach (var (variable, setting) in names)
        {
            if (configuration[variable] is { Length: > 0 } value && string.IsNullOrEmpty(configuration[setting]))
            {
                values.TryAdd(setting, variable is RedisVariable ? RedisUrl.ToConnectionString(value) : value);
            }
        }

        configuration.AddInMemoryCollection(values);
    }
}
