namespace Platform.Caep.Configuration;

/// <summary>
/// The environment variables of earlier deployments, under the names that the service uses itself.
/// What is set under its own name wins.
/// </summary>
internal static class SeedVariables
{
    private static readonly (string Variable, string Setting, Func<string, string> Convert)[] Mappings =
    [
        ("KAFKA_BOOTSTRAP_SERVERS", "ConnectionStrings:kafka", value => value),
        ("REDIS_URL", "ConnectionStrings:cache", RedisUrl.ToConnectionString),
        ("OIDC_ISSUER", "Oidc:Issuer", value => value),
        ("STS_ISSUER_URL", "Oidc:Issuer", value => value),
    ];

    public static void AddSeedVariables(this IHostApplicationBuilder builder)
    {
        var values = new Dictionary<string, string?>();
        foreach (var (variable, setting, convert) in Mappings)
        {
            if (builder.Configuration[variable] is { Length: > 0 } value && builder.Configuration[setting] is null)
            {
                values.TryAdd(setting, convert(value));
            }
        }

        builder.Configuration.AddInMemoryCollection(values);
    }
}
