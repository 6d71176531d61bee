namespace Platform.IdP.Configuration;

/// <summary>A configuration file cannot be used: one sentence that names the file, the line and the fix.</summary>
internal sealed class ConfigurationFileException(string file, long line, string fault)
    : Exception($"{file}, line {line}: {fault}")
{
    /// <summary>The fault alone.</summary>
    public string Fault { get; } = fault;

    /// <summary>The member of the entry that is at fault, where it is one.</summary>
    public string? Member { get; init; }
}
