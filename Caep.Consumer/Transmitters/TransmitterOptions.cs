using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Platform.Caep.Transmitters;

/// <summary>Whose events are obeyed: the issuer that the sessions come from, section <c>Oidc</c>.</summary>
internal sealed class TransmitterOptions
{
    public const string Section = "Oidc";

    [Required(ErrorMessage = "Oidc:Issuer is not set: give the issuer whose security events end sessions (OIDC_ISSUER).")]
    public string Issuer { get; set; } = "";

    /// <summary>The <c>aud</c> of events that are meant for this service.</summary>
    [Required(ErrorMessage = "Oidc:EventAudience is empty: give the aud of the events that are meant for this service.")]
    public string EventAudience { get; set; } = "urn:platform:caep";

    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(60);
}

[OptionsValidator]
internal sealed partial class TransmitterOptionsValidator : IValidateOptions<TransmitterOptions>;
