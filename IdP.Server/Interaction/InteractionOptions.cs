namespace Platform.IdP.Interaction;

/// <summary>Settings of what people meet, section <c>Idp:Interaction</c>.</summary>
internal sealed class InteractionOptions
{
    public const string Section = "Idp:Interaction";

    /// <summary>The acr of a sign-in with one factor.</summary>
    public string PasswordClass { get; set; } = "urn:platform:acr:password";

    /// <summary>The acr of a sign-in with two factors.</summary>
    public string MultiFactorClass { get; set; } = "urn:platform:acr:mfa";

    /// <summary>How long a consent is remembered after its last use.</summary>
    public TimeSpan ConsentLifetime { get; set; } = TimeSpan.FromDays(365);
}
