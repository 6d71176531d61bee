namespace Platform.Bff.Operations;

/// <summary>Who may see the diagnostics, section <c>Bff:Diagnostics</c>: nobody unless something is set.</summary>
internal sealed class DiagnosticsOptions
{
    public const string Section = "Bff:Diagnostics";

    public const int ShortestKey = 32;

    /// <summary>The claim of the ID token that tells administrators, for example <c>roles</c>.</summary>
    public string? Claim { get; set; }

    /// <summary>The value that it has, or has among others.</summary>
    public string? Value { get; set; }

    /// <summary>What a machine shows that may see them, in the header <c>X-API-Key</c>.</summary>
    public string? Key { get; set; }

    public static bool IsUsable(string key) => key.Length >= ShortestKey && key.All(character => character is > ' ' and <= '~');
}
