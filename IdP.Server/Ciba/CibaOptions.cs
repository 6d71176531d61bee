using Microsoft.Extensions.Options;

namespace Platform.IdP.Ciba;

/// <summary>Client-initiated backchannel authentication, section <c>Idp:Ciba</c>.</summary>
internal sealed class CibaOptions
{
    public const string Section = "Idp:Ciba";

    public bool Enabled { get; set; } = true;

    /// <summary>How long a person has to decide, unless the client asks for another time (requested_expiry).</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest time that a client gets.</summary>
    public TimeSpan LongestLifetime { get; set; } = TimeSpan.FromMinutes(30);

    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many requests may wait for one person, whoever makes them: more would wear her out.</summary>
    public int WaitingPerUser { get; set; } = 5;

    /// <summary>
    /// For test beds alone: who knows this key decides for everybody, by
    /// <c>POST /admin/ciba/automated-decisions?key=…&amp;auth_req_id=…&amp;action=allow|deny</c>. Without it there is no such address.
    /// </summary>
    public string? AutomationKey { get; set; }
}

internal sealed class CibaOptionsValidator : IValidateOptions<CibaOptions>
{
    private const int ShortestKey = 32;

    public ValidateOptionsResult Validate(string? name, CibaOptions options) => options switch
    {
        _ when options.LongestLifetime < TimeSpan.FromSeconds(10) || options.LongestLifetime > TimeSpan.FromHours(1) =>
            ValidateOptionsResult.Fail("Idp:Ciba:LongestLifetime must be between 10 seconds and one hour."),
        _ when options.Lifetime < TimeSpan.FromSeconds(10) || options.Lifetime > options.LongestLifetime =>
            ValidateOptionsResult.Fail("Idp:Ciba:Lifetime must be between 10 seconds and LongestLifetime."),
        _ when options.Interval < TimeSpan.FromSeconds(1) || options.Interval > TimeSpan.FromMinutes(1) =>
            ValidateOptionsResult.Fail("Idp:Ciba:Interval must be between one second and one minute."),
        _ when options.WaitingPerUser is < 1 or > 1000 =>
            ValidateOptionsResult.Fail("Idp:Ciba:WaitingPerUser must be between 1 and 1000."),
        { AutomationKey.Length: < ShortestKey } =>
            ValidateOptionsResult.Fail($"Idp:Ciba:AutomationKey must have {ShortestKey} characters or more: make a random one, or remove it."),
        _ => ValidateOptionsResult.Success,
    };
}
