using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>Where Aspire's dashboard is on this machine: inside the bundle of the Aspire CLI.</summary>
internal abstract record DashboardLocation
{
    private const string Setting = "Hosting:DashboardPath";
    private static readonly string Bundled = Path.Combine("bundle", "managed", "aspire-managed");

    public sealed record Found(string Program) : DashboardLocation;

    /// <param name="Reason">What is missing, and how to get it.</param>
    public sealed record Missing(string Reason) : DashboardLocation;

    /// <summary>For the AppHost of this assembly, and the user whose process this is.</summary>
    public static DashboardLocation Find(IConfiguration configuration, Assembly? appHost) => Find(
        configuration,
        DistributedApplicationBuilder.ProjectDirectory(appHost) ?? Environment.CurrentDirectory,
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    /// <summary>
    /// The setting; else what is in <c>.platform/aspire</c> of the AppHost's folder or of one above it; else the CLI of the user.
    /// </summary>
    public static DashboardLocation Find(IConfiguration configuration, string appHostFolder, string home)
    {
        if (configuration[Setting] is { Length: > 0 } set)
        {
            return File.Exists(set) ? new Found(set) : new Missing($"{Setting} is {set}, which does not exist: correct it");
        }

        var candidates = Upwards(appHostFolder)
            .Select(folder => Path.Combine(folder, ".platform", "aspire", Bundled))
            .Append(Path.Combine(home, ".aspire", Bundled));
        return candidates.FirstOrDefault(File.Exists) is { } program
            ? new Found(program)
            : new Missing("Aspire's dashboard is not installed: `./platform` brings it, and so does the Aspire CLI");
    }

    private static IEnumerable<string> Upwards(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent)
        {
            yield return current.FullName;
        }
    }
}
