using Microsoft.Extensions.Options;

namespace Platform.IdP.Device;

/// <summary>The device authorization grant, section <c>Idp:Device</c>.</summary>
internal sealed class DeviceOptions
{
    public const string Section = "Idp:Device";

    public bool Enabled { get; set; } = true;

    /// <summary>How long a person has to enter the code (expires_in).</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(10);

    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Wrong codes that one person may enter during <see cref="Window"/>.</summary>
    public int WrongCodesPerUser { get; set; } = 5;

    /// <summary>Wrong codes that may come from one address during <see cref="Window"/>.</summary>
    public int WrongCodesPerAddress { get; set; } = 50;

    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(10);
}

internal sealed class DeviceOptionsValidator : IValidateOptions<DeviceOptions>
{
    public ValidateOptionsResult Validate(string? name, DeviceOptions options) => options switch
    {
        _ when options.Lifetime < TimeSpan.FromMinutes(1) || options.Lifetime > TimeSpan.FromMinutes(30) =>
            ValidateOptionsResult.Fail("Idp:Device:Lifetime must be between one and 30 minutes."),
        _ when options.Interval < TimeSpan.FromSeconds(1) || options.Interval > TimeSpan.FromMinutes(1) =>
            ValidateOptionsResult.Fail("Idp:Device:Interval must be between one second and one minute."),
        _ when options.WrongCodesPerUser < 1 || options.WrongCodesPerAddress < 1 || options.Window < TimeSpan.FromSeconds(1) =>
            ValidateOptionsResult.Fail(
                "Idp:Device: WrongCodesPerUser and WrongCodesPerAddress must be at least 1 and Window at least a second."),
        _ => ValidateOptionsResult.Success,
    };
}
