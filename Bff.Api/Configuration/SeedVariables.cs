namespace Platform.Bff.Configuration;

/// <summary>
/// The variables of an existing deployment under the names that this service uses. A setting under its own name wins.
/// </summary>
internal static class SeedVariables
{
    private static readonly (string Variable, string Setting, Func<string, string> Translate)[] Names =
    [
        ("OIDC_ISSUER", "Oidc:Issuer", AsIs),
        ("AUTH_CLIENT_ID", "Oidc:ClientId", AsIs),
        ("AUTH_CLIENT_SECRET", "Oidc:ClientSecret", AsIs),
        ("OIDC_SCOPES", "Oidc:Scopes", AsIs),
        ("REDIS_URL", "ConnectionStrings:cache", RedisUrl),
    ];

    public static void Apply(IConfigurationManager configuration) =>
        configuration.AddInMemoryCollection(
            from name in Names
            let value = configuration[name.Variable]
            where !string.IsNullOrEmpty(value) && string.IsNullOrEmpty(configuration[name.Setting])
            select KeyValuePair.Create(name.Setting, (string?)name.Translate(value)));

    private static string AsIs(string value) => value;

    /// <summary><c>redis[s]://[:password@]host[:port][/database]</c> as StackExchange.Redis spells it.</summary>
    private static string RedisUrl(string value)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var url) || url.Scheme is not ("redis" or "rediss"))
        {
            return value;
        }

        var parts = new List<string> { $"{url.Host}:{(url.Port > 0 ? url.Port : 6379)}" };
        if (url.UserInfo is { Length: > 0 } user)
        {
            parts.Add($"password={Uri.UnescapeDataString(user[(user.IndexOf(':', StringComparison.Ordinal) + 1)..])}");
        }

        if (url.AbsolutePath.Trim('/') is { Length: > 0 } database)
        {
            parts.Add($"defaultDatabase={database}");
        }

        if (url.Scheme is "rediss")
        {
            parts.Add("ssl=true");
        }

        return string.Join(',', parts);
    }
}
