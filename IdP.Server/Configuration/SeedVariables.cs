using Platform.ServiceDefaults.Configuration;

namespace Platform.IdP.Configuration;

/// <summary>The variables of an existing deployment that concern the provider.</summary>
internal static class SeedVariables
{
    private static readonly (string Variable, string Setting)[] Names =
    [
        ("OIDC_ISSUER", "Idp:Issuer"),
        ("REDIS_URL", "ConnectionStrings:cache"),
        ("KAFKA_BOOTSTRAP_SERVERS", "ConnectionStrings:kafka"),
    ];

    public static void Apply(IConfigurationManager configuration) => EarlierVariables.Apply(configuration, Names);
}
