namespace Platform.Bff.Operations;

/// <summary>Who may see the diagnostics, section <c>Bff:Diagnostics</c>: nobody unless both are set.</summary>
internal sealed class DiagnosticsOptions
{
    public const string Section = "Bff:Diagnostics";

    /// <summary>The claim of the ID token that tells administrators, for example <c>roles</c>.</summary>
    public string? Claim { get; set; }

    /// <summary>The value that it has, or has among others.</summary>
    public string? Value { get; set; }
}
