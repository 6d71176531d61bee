using System.Text.Json;
using Platform.Doctor.Asking;

namespace Platform.Doctor.CommandLine;

/// <summary>
/// Where key and secret come from: the environment, or the file in which the AppHost keeps its parameters. Never the command line,
/// which every process of the machine can read.
/// </summary>
internal sealed class Credentials(Func<string, string?> environment, string? parametersFile)
{
    public const string KeyVariable = "DIAGNOSTICS_KEY";
    public const string SecretVariable = "ADMIN_CLIENT_SECRET";

    /// <summary>Below the folder of the repository.</summary>
    public static readonly string UsualFile = Path.Combine("AppHost", ".platform", "parameters.json");

    private readonly string _file = parametersFile ?? UsualFile;

    public Credential? DiagnosticsKey => Find(KeyVariable, "diagnostics-key");

    public Credential? AdministratorSecret => Find(SecretVariable, "admin-client-secret");

    private Credential? Find(string variable, string parameter) =>
        environment(variable) is { Length: > 0 } value ? new(value, $"the variable {variable}")
        : Parameter(parameter) is { Length: > 0 } kept ? new(kept, $"{parameter} in {_file}")
        : null;

    private string? Parameter(string name)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(_file));
            return document.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            // The finding says that there is no key, and where it may be.
            return null;
        }
    }
}
