namespace Platform.Bff.Keys;

/// <summary>The keys of the BFF, section <c>Bff:Keys</c>.</summary>
internal sealed class ClientKeyOptions
{
    public const string Section = "Bff:Keys";

    /// <summary>
    /// A PEM file, or the PEM text itself, with the private key of <c>private_key_jwt</c>. Of several keys the first signs and
    /// all are published. Not set: the BFF makes its own, keeps them sealed in Redis and rotates them.
    /// </summary>
    public string? SigningKey { get; set; }

    public TimeSpan RotateEvery { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long a key is published before it signs; providers may keep a set of keys that long.</summary>
    public TimeSpan AnnounceFor { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long a key is kept after it signed for the last time: tokens are bound to it, and providers may still ask for it.
    /// </summary>
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(2);

    /// <summary>How soon each replica sees what another one did.</summary>
    public TimeSpan RefreshEvery { get; set; } = TimeSpan.FromSeconds(5);
}
