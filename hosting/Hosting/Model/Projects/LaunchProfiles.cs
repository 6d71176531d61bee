using System.Text.Json;
using System.Text.RegularExpressions;

namespace Aspire.Hosting;

/// <summary>Finds the launch profile of a project, as Aspire does.</summary>
internal static partial class LaunchProfiles
{
    private static readonly JsonSerializerOptions Json = new()
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        PropertyNameCaseInsensitive = true
    };

    public static string PathFor(string projectPath) =>
        Path.Combine(Path.GetDirectoryName(projectPath)!, "Properties", "launchSettings.json");

    public static LaunchSettings? Read(string projectPath)
    {
        var path = PathFor(projectPath);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<LaunchSettings>(File.ReadAllBytes(path), Json);
        }
        catch (JsonException broken)
        {
            throw new DistributedApplicationException($"{path} is not valid JSON: {broken.Message}", broken);
        }
    }

    /// <summary>The profile asked for; else the AppHost's own, if the project has it too; else the first that starts the project.</summary>
    public static (string Name, LaunchProfile Profile)? Choose(LaunchSettings? settings, string? asked, string? appHostProfile, string projectPath)
    {
        if (asked is not null)
        {
            return settings?.Profiles.TryGetValue(asked, out var named) == true
                ? (asked, named)
                : throw new DistributedApplicationException($"{PathFor(projectPath)} has no profile '{asked}'.");
        }

        if (settings is null)
        {
            return null;
        }

        if (appHostProfile is not null && settings.Profiles.TryGetValue(appHostProfile, out var same))
        {
            return (appHostProfile, same);
        }

        var first = settings.Profiles.FirstOrDefault(profile => profile.Value.CommandName is null or "" or "Project" or "Executable");
        return first.Value is null ? null : (first.Key, first.Value);
    }

    /// <summary>Replaces <c>%NAME%</c> by the variable of that name, and leaves what is not set.</summary>
    public static string Expand(string value) => Variable().Replace(
        value, match => Environment.GetEnvironmentVariable(match.Groups[1].Value) ?? match.Value);

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Variable();
}
