namespace Platform.Doctor.Reports;

/// <summary>What a severity is called.</summary>
internal static class Words
{
    public static string Of(Severity? severity) => severity switch
    {
        null => "ok",
        Severity.Note => "note",
        Severity.NotChecked => "not checked",
        _ => "MISMATCH",
    };

    public static string InJson(Severity? severity) => severity switch
    {
        null => "ok",
        Severity.Note => "note",
        Severity.NotChecked => "not_checked",
        _ => "mismatch",
    };
}
