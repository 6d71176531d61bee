namespace Platform.Caep.Policy;

/// <summary>The policy file cannot be used: one sentence that names the file, the line and the fix.</summary>
internal sealed class PolicyFileException(string file, long line, string fault) : Exception($"{file}, line {line}: {fault}");
