using System.Globalization;
using StackExchange.Redis;

namespace Platform.Caep.Recent;

/// <summary><c>recent-events [--count N]</c>: prints the last events and what each did, the newest last.</summary>
internal static class RecentEventsCommand
{
    public const string Name = "recent-events";

    private const string Help =
        "recent-events [--count N]\n\nPrints the last N events (50) and what each did, the newest last.\n\nExit code: 0, 1 when Redis is away, 2 for wrong arguments.";

    public static async Task<int> RunAsync(WebApplication app, string[] args, TextWriter output, TextWriter errors)
    {
        if (args.Contains("--help"))
        {
            await output.WriteLineAsync(Help);
            return 0;
        }

        var count = 50;
        if (args is not [] && (args is not ["--count", var number] || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count < 1))
        {
            await errors.WriteLineAsync(Help);
            return 2;
        }

        try
        {
            foreach (var each in (await app.Services.GetRequiredService<RecentEvents>().ReadAsync(count, CancellationToken.None)).Reverse())
            {
                await output.WriteLineAsync(Line(each));
            }

            return 0;
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            await errors.WriteLineAsync($"The events cannot be read: {away.Message}");
            return 1;
        }
    }

    private static string Line(RecentEvent each) => string.Join("  ", new[]
    {
        each.At.ToString("u", CultureInfo.InvariantCulture),
        each.Door,
        each.Outcome,
        each.Type is { } type ? Tokens.SecurityEvents.EventTypes.ShortName(type) : null,
        each.Effect is { } effect ? $"{effect}: {each.Sessions}" : null,
        each.Subject,
        each.Error is { } error ? $"{error}: {each.Reason}" : null,
        each.JwtId,
    }.Where(part => part is not null));
}
