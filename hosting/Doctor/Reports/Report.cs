namespace Platform.Doctor.Reports;

/// <summary>What all checks found.</summary>
/// <param name="At">When the services were asked.</param>
/// <param name="Asked">Whom, and by what right, one sentence each.</param>
/// <param name="Results">Of every check, in the order in which they are to be read.</param>
public sealed record Report(DateTimeOffset At, IReadOnlyList<string> Asked, IReadOnlyList<CheckResult> Results)
{
    /// <summary>Every finding of every check.</summary>
    public IEnumerable<Finding> Findings => Results.SelectMany(result => result.Findings);

    /// <summary>0: all is well; 1: something does not match; 2: something could not be asked, and what could be matches.</summary>
    public int ExitCode =>
        Findings.Any(finding => finding.Severity is Severity.Mismatch) ? 1
        : Findings.Any(finding => finding.Severity is Severity.NotChecked) ? 2
        : 0;

    /// <summary>The report in one sentence.</summary>
    public string Summary
    {
        get
        {
            var (mismatches, unchecked_) = (Count(Severity.Mismatch), Count(Severity.NotChecked));
            return mismatches + unchecked_ == 0
                ? $"All is well: {Results.Count} checks."
                : $"{mismatches} of {Results.Count} checks found a mismatch, {unchecked_} could not be made.";
        }
    }

    private int Count(Severity severity) => Results.Count(result => result.Worst == severity);
}

/// <summary>What one check found.</summary>
/// <param name="Check">Its name.</param>
/// <param name="Group">What it is about.</param>
/// <param name="Title">What is true when it finds nothing.</param>
/// <param name="Findings">Empty when all is well.</param>
public sealed record CheckResult(string Check, string Group, string Title, IReadOnlyList<Finding> Findings)
{
    /// <summary>Null when all is well.</summary>
    public Severity? Worst => Findings.Count == 0 ? null : Findings.Max(finding => finding.Severity);
}
