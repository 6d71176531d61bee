using Microsoft.Extensions.Options;

namespace Platform.IdP.Protocol;

/// <summary>How much one address, and one client, may ask of this server, section <c>Idp:Limits</c>.</summary>
internal sealed class LimitOptions
{
    public const string Section = "Idp:Limits";

    /// <summary>Requests within a window. Many: all that a client's servers do, or the people of a company, is one address.</summary>
    public int PerAddress { get; set; } = 20_000;

    /// <summary>Requests within a window of a client that has proved who it is, from all its addresses.</summary>
    public int PerClient { get; set; } = 10_000;

    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(10);
}

internal sealed class LimitOptionsValidator : IValidateOptions<LimitOptions>
{
    public ValidateOptionsResult Validate(string? name, LimitOptions options)
    {
        if (options.PerAddress < 1)
            return ValidateOptionsResult.Fail("Idp:Limits:PerAddress must be at least 1.");
        if (options.PerClient < 1)
            return ValidateOptionsResult.Fail("Idp:Limits:PerClient must be at least 1.");
        if (options.Window < TimeSpan.FromSeconds(1) || options.Window > TimeSpan.FromHours(1))
            return ValidateOptionsResult.Fail("Idp:Limits:Window must be between one second and one hour.");

        return ValidateOptionsResult.Success;
    }
}
