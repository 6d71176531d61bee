using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Platform.Bff.KeyRing;

internal sealed class KeyRingOptions
{
    public const string Section = "DataProtection";

    /// <summary>Seals the key ring in Redis; the same for all replicas.</summary>
    [Required(ErrorMessage = "DataProtection:Secret is not set: give all replicas the same random text of 32 or more characters.")]
    [MinLength(32, ErrorMessage = "DataProtection:Secret is too short: give all replicas the same random text of 32 or more characters.")]
    public string Secret { get; set; } = "";
}

[OptionsValidator]
internal sealed partial class KeyRingOptionsValidator : IValidateOptions<KeyRingOptions>;
