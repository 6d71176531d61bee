using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run;

/// <summary>Says in a sentence which resource did not start, why, what it said last, and what to do.</summary>
internal static class StartFailure
{
    private const int Lines = 12;

    private static readonly (string Sign, string Fix)[] Known =
    [
        ("librdkafka", "The native library librdkafka is missing: install it with `apt-get install librdkafka1` (macOS: `brew install librdkafka`)."),
        ("DllNotFoundException", "A native library is missing: install the package that holds it."),
        ("You must install or update .NET", "A .NET runtime is missing: install the .NET 10 SDK, or ASP.NET Core runtime."),
        ("No server certificate was specified", "There is no development certificate: run `dotnet dev-certs https`."),
        ("address already in use", "Another process took its port meanwhile: start again."),
        ("Can't open the log file", "It may not write there: correct the permissions."),
        ("Permission denied", "It lacks a permission: see the line that says so."),
    ];

    public static string Ended(IResource resource, int exitCode, TimeSpan lived, IReadOnlyList<LogEntry> output) =>
        $"'{resource.Name}' did not start: it ended with {Code(exitCode)} after {Seconds(lived)} s.{Tail(output)}\n{Fix(resource, exitCode, output)}";

    public static string Unhealthy(IResource resource, TimeSpan waited, HealthReportSnapshot report, IReadOnlyList<LogEntry> output) =>
        $"'{resource.Name}' is not healthy after {Seconds(waited)} s: {report.Description ?? report.ExceptionText ?? report.Name}.{Tail(output)}\n"
        + $"{Fix(resource, 0, output)} (Hosting:HealthTimeout says how many seconds a resource may take.)";

    public static string NoPort(IResource resource, TimeSpan waited, IReadOnlyList<LogEntry> output) =>
        $"'{resource.Name}' did not say on which port it listens, for {Seconds(waited)} s.{Tail(output)}\n{Fix(resource, 0, output)}";

    private static string Code(int exitCode) => exitCode switch
    {
        134 => "exit code 134 (it aborted)",
        137 => "exit code 137 (it was killed; out of memory?)",
        139 => "exit code 139 (it crashed in native code)",
        > 128 and < 160 => $"exit code {exitCode} (signal {exitCode - 128})",
        _ => $"exit code {exitCode}"
    };

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Tail(IReadOnlyList<LogEntry> output) => output.Count == 0
        ? " It wrote nothing."
        : " Its last lines:" + string.Concat(Telling(output).Select(entry => $"\n    {Ansi.Strip(entry.Text)}"));

    /// <summary>The last lines; of an unhandled exception the first ones, which say more than the end of its stack.</summary>
    private static IEnumerable<LogEntry> Telling(IReadOnlyList<LogEntry> output)
    {
        var exception = output.Select((entry, index) => (entry, index))
            .LastOrDefault(line => line.entry.Text.StartsWith("Unhandled exception", StringComparison.Ordinal));
        return exception.entry.Text is null ? output.TakeLast(Lines) : output.Skip(exception.index).Take(Lines / 2);
    }

    private static string Fix(IResource resource, int exitCode, IReadOnlyList<LogEntry> output)
    {
        foreach (var (sign, fix) in Known)
        {
            if (output.Any(entry => entry.Text.Contains(sign, StringComparison.OrdinalIgnoreCase)))
            {
                return fix;
            }
        }

        return exitCode == 127 ? "A program that it calls is missing: install it."
            : resource is ProjectResource project ? $"Correct what it says, or try it alone: `dotnet run --project {project.GetProjectMetadata().ProjectPath}`."
            : "Correct what it says, or try it alone.";
    }
}
