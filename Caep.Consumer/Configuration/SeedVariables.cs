using Platform.ServiceDefaults.Configuration;

namespace Platform.Caep.Configuration;

/// <summary>The variables of an existing deployment that concern the consumer.</summary>
internal static class SeedVariables
{
    private static readonly (string Variable, string Setting)[] Names =
    [
        ("KAFKA_BOOTSTRAP_SERVERS", "ConnectionStrings:kafka"),
        ("REDIS_URL", "ConnectionStrings:cache"),
        ("OIDC_ISSUER", "Oidc:Issuer"),
        ("STS_ISSUER_URL", "Oidc:Issuer"),
    ];

    public static void Apply(IConfigurationManager configuration) => EarlierVariables.Apply(configuration, Names);
}
