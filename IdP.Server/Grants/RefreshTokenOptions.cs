using Microsoft.Extensions.Options;

namespace Platform.IdP.Grants;

/// <summary>How long a client may go on without its user, section <c>Idp:RefreshTokens</c>.</summary>
internal sealed class RefreshTokenOptions
{
    public const string Section = "Idp:RefreshTokens";

    /// <summary>A refresh token that is not used for so long ends.</summary>
    public TimeSpan Sliding { get; set; } = TimeSpan.FromDays(7);

    /// <summary>No use carries a refresh token, or those that follow it, beyond this.</summary>
    public TimeSpan Absolute { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How long the token that was rotated last still yields its one successor, for clients that lose answers or refresh
    /// in parallel. Zero: every second use ends the grant.
    /// </summary>
    public TimeSpan ReuseGrace { get; set; } = TimeSpan.Zero;
}

internal sealed class RefreshTokenOptionsValidator : IValidateOptions<RefreshTokenOptions>
{
    public ValidateOptionsResult Validate(string? name, RefreshTokenOptions options)
    {
        if (options.Sliding < TimeSpan.FromMinutes(1) || options.Sliding > options.Absolute)
            return Fault("Sliding must be at least one minute and not longer than Absolute.");
        if (options.Absolute > TimeSpan.FromDays(400))
            return Fault("Absolute must not be longer than 400 days.");
        if (options.ReuseGrace < TimeSpan.Zero || options.ReuseGrace > TimeSpan.FromMinutes(1))
            return Fault("ReuseGrace must be between zero and one minute.");
        return ValidateOptionsResult.Success;
    }

    private static ValidateOptionsResult Fault(string fault) =>
        ValidateOptionsResult.Fail($"{RefreshTokenOptions.Section}: {fault}");
}
