namespace Platform.IdP.Outbound;

/// <summary>Limits of calls to addresses that clients gave, section <c>Idp:Outbound</c>.</summary>
internal sealed class OutboundOptions
{
    public const string Section = "Idp:Outbound";

    /// <summary>
    /// Hosts (<c>client.internal</c>, <c>client.internal:8443</c>) and networks (<c>10.1.0.0/16</c>) that may be called
    /// although they are not on the public internet.
    /// </summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>A PEM file of certification authorities that are trusted beside those of the system.</summary>
    public string? CaFile { get; set; }

    /// <summary>For the whole call, from the resolution of the name to the last octet of the answer.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The largest answer that is read.</summary>
    public int MaxBytes { get; set; } = 256 * 1024;
}
