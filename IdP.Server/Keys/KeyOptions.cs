namespace Platform.IdP.Keys;

/// <summary>The signature keys, section <c>Keys</c>.</summary>
internal sealed class KeyOptions
{
    public const string Section = "Keys";

    /// <summary>Where the private keys are kept, relative to the content root; all replicas share it.</summary>
    public string Folder { get; set; } = "keys";

    /// <summary>Encrypts the private keys; random, and the same for all replicas.</summary>
    public string Secret { get; set; } = "";

    /// <summary>
    /// Algorithms that have a key from the start, beside ES256 (tokens) and RS256 (security events).
    /// For any other one a key is made when it is first asked for.
    /// </summary>
    public IList<string> Algorithms { get; } = [];

    public TimeSpan RotateEvery { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long a key is published before it signs.</summary>
    public TimeSpan AnnounceFor { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long a key is published after it signed for the last time.</summary>
    public TimeSpan KeepPublished { get; set; } = TimeSpan.FromDays(2);

    /// <summary>How soon each replica sees what another one did.</summary>
    public TimeSpan RefreshEvery { get; set; } = TimeSpan.FromSeconds(5);
}
