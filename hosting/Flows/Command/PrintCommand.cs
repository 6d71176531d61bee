using System.Net;
using System.Net.ServerSentEvents;

namespace Platform.Flows.Command;

/// <summary>
/// <c>./platform flows</c>: asks the service of a running topology, and prints what it says. Exit codes: 0 printed, 1 there is no
/// such flow, 2 the arguments are wrong, 3 nothing runs.
/// </summary>
internal static class PrintCommand
{
    private const string Usage = "usage: ./platform flows [--trace ID] [--follow] [--json]";

    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter errors)
    {
        var (asked, wrong) = PrintArguments.Read(args);
        if (asked is null)
        {
            await errors.WriteLineAsync($"platform: {wrong}\n{Usage}");
            return 2;
        }

        if (await AddressAsync(asked.AddressFile) is not { } address)
        {
            await errors.WriteLineAsync(
                $"platform: no topology runs here with Aspire's dashboard ({asked.AddressFile} names no address). Start it: ./platform run");
            return 3;
        }

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            return asked.IsFollowing ? await FollowAsync(http, asked, output) : await PrintAsync(http, asked, output, errors);
        }
        catch (Exception away) when (away is HttpRequestException or IOException)
        {
            await errors.WriteLineAsync(
                $"platform: {address} does not answer ({away.Message}). See the resource flows in the dashboard, or start the topology: ./platform run");
            return 3;
        }
    }

    private static async Task<Uri?> AddressAsync(string file) =>
        File.Exists(file) && Uri.TryCreate((await File.ReadAllTextAsync(file)).Trim(), UriKind.Absolute, out var address) && address.IsLoopback
            ? address
            : null;

    private static async Task<int> PrintAsync(HttpClient http, PrintArguments asked, TextWriter output, TextWriter errors)
    {
        using var response = await http.GetAsync(asked.Path);
        if (response.StatusCode is HttpStatusCode.NotFound)
        {
            await errors.WriteLineAsync($"platform: there is no flow of the trace {asked.Trace}. `./platform flows` lists those that there are.");
            return 1;
        }

        response.EnsureSuccessStatusCode();
        await output.WriteLineAsync((await response.Content.ReadAsStringAsync()).TrimEnd('\n'));
        return 0;
    }

    // What was printed before is not printed again: of a list its new lines, of a flow the flow.
    private static async Task<int> FollowAsync(HttpClient http, PrintArguments asked, TextWriter output)
    {
        var printed = new HashSet<string>(StringComparer.Ordinal);
        await using var changes = await http.GetStreamAsync("changes");
        await foreach (var _ in SseParser.Create(changes).EnumerateAsync())
        {
            using var response = await http.GetAsync(asked.Path);
            var text = await response.Content.ReadAsStringAsync();
            foreach (var line in response.IsSuccessStatusCode ? asked.Split(text).Where(printed.Add) : [])
            {
                await output.WriteLineAsync(line);
            }
        }

        return 0;
    }
}
