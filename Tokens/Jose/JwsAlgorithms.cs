using System.Security.Cryptography;

namespace Platform.Tokens.Jose;

/// <summary>What an algorithm is called on the wire, and what RSA needs to know of it.</summary>
internal static class JwsAlgorithms
{
    public static string Name(this JwsAlgorithm algorithm) => algorithm switch
    {
        JwsAlgorithm.ES256 => "ES256",
        JwsAlgorithm.PS256 => "PS256",
        JwsAlgorithm.RS256 => "RS256",
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <summary>Names are compared exactly (RFC 7515 section 4.1.1); what is not listed does not exist.</summary>
    public static JwsAlgorithm? Parse(string? name) => name switch
    {
        "ES256" => JwsAlgorithm.ES256,
        "PS256" => JwsAlgorithm.PS256,
        "RS256" => JwsAlgorithm.RS256,
        _ => null,
    };

    public static RSASignaturePadding Padding(this JwsAlgorithm algorithm) => algorithm switch
    {
        JwsAlgorithm.PS256 => RSASignaturePadding.Pss,
        JwsAlgorithm.RS256 => RSASignaturePadding.Pkcs1,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };
}
