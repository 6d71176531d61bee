namespace Platform.IdP.Registration;

/// <summary>Dynamic registration, section <c>Idp:Registration</c>; what may be registered is in config/dcr_config.yaml.</summary>
internal sealed class RegistrationOptions
{
    public const string Section = "Idp:Registration";

    public bool Enabled { get; set; } = true;

    /// <summary>Whether anybody may register without an initial access token (RFC 7591 section 3).</summary>
    public bool Open { get; set; }

    /// <summary>How long an initial access token may be used where its issue says nothing else.</summary>
    public TimeSpan InitialAccessTokenLifetime { get; set; } = TimeSpan.FromHours(1);
}
