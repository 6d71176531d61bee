using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.Hosting.Evidence;

/// <summary>
/// What a topology leaves when a test failed: the console output of its resources and, where it had a dashboard, its telemetry as
/// <c>aspire export</c> writes it, in a folder that CI keeps. It uses Aspire's API only, so it serves both engines.
/// </summary>
public static class TopologyEvidence
{
    /// <summary>The variable that names the folder; without it, that is <c>artifacts/evidence</c>.</summary>
    public const string FolderVariable = "PLATFORM_EVIDENCE";

    /// <summary>Called by a test when it ends, before the application does. Answers the test's folder; null when it did not fail.</summary>
    public static async Task<string?> KeepAsync(DistributedApplication app, string test, bool failed, CancellationToken cancellationToken = default)
    {
        if (!failed)
        {
            return null;
        }

        var folder = Directory.CreateDirectory(Path.Combine(Root(), FileNameOf(test))).FullName;
        await WriteConsolesAsync(app, Directory.CreateDirectory(Path.Combine(folder, "consolelogs")).FullName, cancellationToken);
        var configuration = app.Services.GetRequiredService<IConfiguration>();
        if (configuration["AppHost:DashboardApiKey"] is { } key && configuration["ASPNETCORE_URLS"] is { } urls)
        {
            try
            {
                await TelemetryArchive.WriteAsync(Path.Combine(folder, "telemetry.zip"), new Uri(urls.Split(';')[0]), key, cancellationToken);
            }
            catch (HttpRequestException away)
            {
                await File.WriteAllTextAsync(Path.Combine(folder, "telemetry.txt"), $"The dashboard did not answer: {away.Message}", cancellationToken);
            }
        }

        return folder;
    }

    private static async Task WriteConsolesAsync(DistributedApplication app, string folder, CancellationToken cancellationToken)
    {
        var logs = app.Services.GetRequiredService<ResourceLoggerService>();
        foreach (var resource in app.Services.GetRequiredService<DistributedApplicationModel>().Resources)
        {
            var lines = new List<string>();
            await foreach (var batch in logs.GetAllAsync(resource).WithCancellation(cancellationToken))
            {
                lines.AddRange(batch.Select(line => line.IsErrorMessage ? $"stderr: {line.Content}" : line.Content));
            }

            if (lines.Count > 0)
            {
                await File.WriteAllLinesAsync(Path.Combine(folder, $"{resource.Name}.txt"), lines, cancellationToken);
            }
        }
    }

    private static string Root()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } set)
        {
            return Path.GetFullPath(set);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (folder.Name == "artifacts")
            {
                return Path.Combine(folder.FullName, "evidence");
            }
        }

        return Path.Combine(AppContext.BaseDirectory, "evidence");
    }

    // Names of theories hold their arguments.
    private static string FileNameOf(string test)
    {
        var name = string.Concat(test.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' ? letter : '_'));
        return name.Length <= 150 ? name : name[..150];
    }
}
