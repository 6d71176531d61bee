namespace Platform.Doctor.Reports;

/// <summary>How bad it is.</summary>
public enum Severity
{
    /// <summary>Everything works, and something could be better.</summary>
    Note,

    /// <summary>Nobody knows: what has to be compared could not be asked for.</summary>
    NotChecked,

    /// <summary>Something will be refused, or is.</summary>
    Mismatch,
}

/// <summary>What one check found.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Check">The name of the check; <c>docs/doctor.md</c> has a row of this name.</param>
/// <param name="What">What does not match.</param>
/// <param name="Cause">What comes of it, and why it is so; null where another finding says so.</param>
/// <param name="Fix">What to do; null as above.</param>
/// <param name="Reference">The specification that says so; null where none does.</param>
public sealed record Finding(Severity Severity, string Check, string What, string? Cause, string? Fix, string? Reference = null);
