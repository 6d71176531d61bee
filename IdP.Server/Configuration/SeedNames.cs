namespace Platform.IdP.Configuration;

/// <summary>Environment names of older deployments, and the settings that they stand for where those are not set.</summary>
internal static class SeedNames
{
    private static readonly (string Old, string Setting)[] Names =
    [
        ("OIDC_ISSUER", "Idp:Issuer"),
        ("REDIS_URL", "ConnectionStrings:cache"),
        ("KAFKA_BOOTSTRAP_SERVERS", "ConnectionStrings:kafka"),
    ];

    public static void Apply(ConfigurationManager configuration)
    {
        foreach (var (old, setting) in Names)
        {
            if (string.IsNullOrEmpty(configuration[setting]) && configuration[old] is { Length: > 0 } value)
            {
                configuration[setting] = old == "REDIS_URL" ? WithoutScheme(value) : value;
            }
        }
    }

    // redis://host:port/ is how the old name wrote it; the client wants host:port.
    private static string WithoutScheme(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == "redis" ? uri.Authority : address;
}
