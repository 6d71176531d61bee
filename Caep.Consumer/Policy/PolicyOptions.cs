using System.ComponentModel.DataAnnotations;

namespace Platform.Caep.Policy;

/// <summary>Where the policy is, section <c>Policy</c>.</summary>
internal sealed class PolicyOptions
{
    public const string Section = "Policy";

    /// <summary>Relative to the service's own folder.</summary>
    [Required(ErrorMessage = "Policy:File is empty: give the file that says what events do.")]
    public string File { get; set; } = "config/policy.yaml";

    /// <summary>How often a change of the file is looked for.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00", ErrorMessage = "Policy:LookEvery must lie between 00:00:00.1 and 01:00:00.")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(2);

    public string Path => System.IO.Path.Combine(AppContext.BaseDirectory, File);
}
