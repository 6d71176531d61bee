namespace Platform.IdP.Configuration;

/// <summary>The provider's own settings, section <c>Idp</c>.</summary>
internal sealed class IdpOptions
{
    public const string Section = "Idp";

    /// <summary>The issuer identifier, which is also where every endpoint is reached.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>Where clients.yaml, users.yaml and resources.yaml are, relative to the content root.</summary>
    public string ConfigFolder { get; set; } = "config";

    public LifetimeOptions Lifetimes { get; set; } = new();

    public AttemptOptions Attempts { get; set; } = new();
}

internal sealed class LifetimeOptions
{
    public TimeSpan Code { get; set; } = TimeSpan.FromSeconds(60);

    public TimeSpan PushedRequest { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>How long a person may take to sign in.</summary>
    public TimeSpan Interaction { get; set; } = TimeSpan.FromMinutes(15);

    public TimeSpan SsoSession { get; set; } = TimeSpan.FromHours(10);

    public TimeSpan AccessToken { get; set; } = TimeSpan.FromHours(1);

    public TimeSpan IdToken { get; set; } = TimeSpan.FromMinutes(5);
}

/// <summary>Limits for failed sign-ins, counted over <see cref="Window"/>.</summary>
internal sealed class AttemptOptions
{
    public int PerAccount { get; set; } = 10;

    public int PerAddress { get; set; } = 100;

    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Passwords hashed at the same time, and the number that may wait for their turn.</summary>
    public int ConcurrentHashes { get; set; } = Environment.ProcessorCount;

    public int WaitingHashes { get; set; } = 8 * Environment.ProcessorCount;
}
