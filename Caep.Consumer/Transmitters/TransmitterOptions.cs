using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Platform.Caep.Polling;

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

    /// <summary>By how much its clock may be ahead.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ErrorMessage = "Oidc:ClockSkew must lie between 00:00:00 and 00:10:00.")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How its events are fetched beside Kafka; they are not when this is not there.</summary>
    public PollOptions? Poll { get; set; }
}

internal sealed class PolledIssuerValidator : IValidateOptions<TransmitterOptions>
{
    public ValidateOptionsResult Validate(string? name, TransmitterOptions options) =>
        options.Poll?.Faults($"{TransmitterOptions.Section}:Poll").ToList() is { Count: > 0 } faults
            ? ValidateOptionsResult.Fail(faults)
            : ValidateOptionsResult.Success;
}
