namespace Platform.ServiceDefaults.KeyRing;

internal sealed class KeyRingOptions
{
    public const string Section = "DataProtection";

    private const int Shortest = 32;

    /// <summary>Seals the key ring in Redis; the same for all replicas.</summary>
    public string Secret { get; set; } = "";

    public bool HasSecret => Secret.Length > 0;

    public bool HasLongSecret => !HasSecret || Secret.Length >= Shortest;
}
