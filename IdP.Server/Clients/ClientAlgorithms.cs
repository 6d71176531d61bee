using Platform.Tokens.Jose;

namespace Platform.IdP.Clients;

/// <summary>Reads the signature algorithms that a client is registered for.</summary>
internal static class ClientAlgorithms
{
    /// <summary>Of a client that is not registered for one (FAPI 2.0 section 5.4.1).</summary>
    public static readonly JwsAlgorithm[] Fapi = [JwsAlgorithm.ES256, JwsAlgorithm.PS256];

    // Made once: they are asked for with every request.
    public static readonly JwsAlgorithm[] Es256 = [JwsAlgorithm.ES256];
    public static readonly JwsAlgorithm[] Ps256 = [JwsAlgorithm.PS256];
    public static readonly JwsAlgorithm[] Rs256 = [JwsAlgorithm.RS256];

    public static JwsAlgorithm? Read(YamlEntry entry, string name, bool isFapi) =>
        entry.OptionalChoice(name, "ES256", "PS256", "RS256") switch
        {
            null => null,
            "ES256" => JwsAlgorithm.ES256,
            "PS256" => JwsAlgorithm.PS256,
            _ when isFapi => throw entry.Fault(name, "FAPI 2.0 does not allow RS256: write PS256 or ES256, or 'profile: baseline'."),
            _ => JwsAlgorithm.RS256,
        };
}
