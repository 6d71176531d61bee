using Microsoft.Extensions.Options;

namespace Platform.Bff.Defence;

/// <summary>How much one browser or one address may ask of this replica, section <c>Bff:Limits</c>.</summary>
internal sealed class LimitOptions
{
    public const string Section = "Bff:Limits";

    /// <summary>The most bytes of a request's body; a route may have its own <c>MaxRequestBodySize</c>.</summary>
    public long RequestBody { get; set; } = 10 * 1024 * 1024;

    /// <summary>How long an API may be silent; a cluster may have its own <c>HttpRequest:ActivityTimeout</c>.</summary>
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The same for routes with <c>Streams</c>.</summary>
    public TimeSpan StreamSilence { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Beginnings and ends of sign-ins of one address within a window. Many: the people of a company may have one address.
    /// </summary>
    public int SignInsPerAddress { get; set; } = 2_000;

    /// <summary>API calls of one session within a window.</summary>
    public int CallsPerSession { get; set; } = 20_000;

    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(10);
}

internal sealed class LimitOptionsValidator : IValidateOptions<LimitOptions>
{
    public ValidateOptionsResult Validate(string? name, LimitOptions options) => options switch
    {
        { RequestBody: < 1 } => Fail("RequestBody must be at least 1 byte"),
        { SignInsPerAddress: < 1 } => Fail("SignInsPerAddress must be at least 1"),
        { CallsPerSession: < 1 } => Fail("CallsPerSession must be at least 1"),
        _ when IsOutside(options.Silence, TimeSpan.FromHours(1)) => Fail("Silence must lie between 00:00:00.1 and 01:00:00"),
        _ when IsOutside(options.StreamSilence, TimeSpan.FromDays(1)) => Fail("StreamSilence must lie between 00:00:00.1 and 1.00:00:00"),
        _ when options.Window < TimeSpan.FromSeconds(1) || options.Window > TimeSpan.FromHours(1) =>
            Fail("Window must lie between 00:00:01 and 01:00:00"),
        _ => ValidateOptionsResult.Success,
    };

    private static bool IsOutside(TimeSpan time, TimeSpan longest) => time < TimeSpan.FromMilliseconds(100) || time > longest;

    private static ValidateOptionsResult Fail(string sentence) => ValidateOptionsResult.Fail($"{LimitOptions.Section}:{sentence}.");
}
