using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Dashboard.Feed;

/// <summary>The console output of an instance: its last lines, then every new one.</summary>
internal sealed class ConsoleFeed(DistributedApplicationModel model, ResourceLoggerService logs)
{
    // The dashboard refuses messages over 4 MB; smaller ones are shown sooner.
    private const int LargestBatch = 256 * 1024;

    public async Task<GrpcStatus> WatchAsync(GrpcCall call)
    {
        if (await call.ReadAsync(Wire.WatchResourceConsoleLogsRequest.Parser) is not { } request)
        {
            return GrpcStatus.InvalidArgument("This is no request for console output.");
        }

        if (!model.Resources.SelectMany(ResourceInstances.Of).Contains(request.ResourceName))
        {
            return GrpcStatus.NotFound($"There is no resource '{request.ResourceName}'.");
        }

        if (request.SuppressFollow)
        {
            await TellAsync(call, logs.LastLines(request.ResourceName));
            return GrpcStatus.Ok;
        }

        await call.AcknowledgeAsync();
        var next = 1;
        await foreach (var entries in logs.WatchEntriesAsync(request.ResourceName, call.CancellationToken))
        {
            await TellAsync(call, LeftOut(entries, next));
            await TellAsync(call, entries);
            next = entries.Count > 0 ? entries[^1].Number + 1 : next;
        }

        return GrpcStatus.Ok;
    }

    /// <summary>What a resource writes faster than the dashboard reads, or wrote before it asked, is not kept for ever: it is told so.</summary>
    private static IReadOnlyList<LogEntry> LeftOut(IReadOnlyList<LogEntry> entries, int next) => entries is [var first, ..] && first.Number > next
        ? [new(first.Number - 1, first.Time, $"… {first.Number - next} lines left out: only the last ones are kept …", IsError: false)]
        : [];

    private static async Task TellAsync(GrpcCall call, IReadOnlyList<LogEntry> entries)
    {
        var batch = new Wire.WatchResourceConsoleLogsUpdate();
        var size = 0;
        foreach (var entry in entries)
        {
            batch.LogLines.Add(new Wire.ConsoleLogLine
            {
                // The dashboard takes a time at the beginning of the line for the line's.
                Text = string.Create(CultureInfo.InvariantCulture, $"{entry.Time.UtcDateTime:O} {entry.Text}"),
                IsStdErr = entry.IsError,
                LineNumber = entry.Number,
            });
            size += entry.Text.Length;
            if (size >= LargestBatch)
            {
                await call.WriteAsync(batch);
                batch = new();
                size = 0;
            }
        }

        if (batch.LogLines.Count > 0)
        {
            await call.WriteAsync(batch);
        }
    }
}
