using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.Hosting.Evidence;

/// <summary>
/// What a topology leaves when a test failed: the console output of its resources and, where it had a dashboard, its telemetry as
/// <c>aspire export</c> writes it, in a folder that CI keeps. It uses Aspire's API only, so it serves both engines.
/// </summary>
public sealed partial class TopologyEvidence
{
    /// <summary>The variable that names the folder; without it, that is <c>artifacts/evidence</c>.</summary>
    public const string FolderVariable = "PLATFORM_EVIDENCE";

    private readonly Redaction _redaction;
    private readonly Dictionary<string, IReadOnlyList<string>> _consoles = [];
    private TelemetryArchive? _telemetry;
    private string? _withoutTelemetry;

    private TopologyEvidence(Redaction redaction) => _redaction = redaction;

    /// <summary>Takes what there is of an application that still runs; nothing is written.</summary>
    public static async Task<TopologyEvidence> CollectAsync(DistributedApplication app, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(app);
        var evidence = new TopologyEvidence(Redaction.Of(app));
        await evidence.ReadConsolesAsync(app, cancellationToken);
        await evidence.ReadTelemetryAsync(app.Services.GetRequiredService<IConfiguration>(), cancellationToken);
        return evidence;
    }

    /// <summary>Writes it without the application's secrets, in place of what an earlier run left; answers the folder.</summary>
    /// <param name="test">What failed.</param>
    /// <param name="failure">How it failed.</param>
    /// <param name="redact">Takes out what the test knows besides to be secret.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<string> WriteAsync(string test, string failure, Func<string, string>? redact = null, CancellationToken cancellationToken = default)
    {
        var folder = Path.Combine(ArtifactFolder.Find("evidence", FolderVariable), ArtifactFolder.NameOf(test));
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        var consoles = Directory.CreateDirectory(Path.Combine(folder, "consolelogs")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "failure.txt"), Redact($"{test}\n{failure}\n"), cancellationToken);
        foreach (var (resource, lines) in _consoles)
        {
            await File.WriteAllTextAsync(Path.Combine(consoles, $"{resource}.txt"), Redact(Colour().Replace(string.Join('\n', lines), "")), cancellationToken);
        }

        if (_telemetry is not null)
        {
            await _telemetry.WriteAsync(Path.Combine(folder, "telemetry.zip"), Redact, cancellationToken);
        }
        else if (_withoutTelemetry is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "telemetry.txt"), _withoutTelemetry, cancellationToken);
        }

        return folder;

        string Redact(string text) => _redaction.Apply(redact?.Invoke(text) ?? text);
    }

    private async Task ReadConsolesAsync(DistributedApplication app, CancellationToken cancellationToken)
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
                _consoles[resource.Name] = lines;
            }
        }
    }

    private async Task ReadTelemetryAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        if (configuration["AppHost:DashboardApiKey"] is not { } key || configuration["ASPNETCORE_URLS"] is not { } urls)
        {
            return;
        }

        try
        {
            _telemetry = await TelemetryArchive.ReadAsync(new Uri(urls.Split(';')[0]), key, cancellationToken);
        }
        catch (HttpRequestException away)
        {
            _withoutTelemetry = $"The dashboard did not answer: {away.Message}";
        }
    }

    // A terminal's colours, which an editor shows as signs.
    [GeneratedRegex(@"\e\[[\d;]*m")]
    private static partial Regex Colour();
}
