using System.Text.Json;

namespace Platform.Flows.Command;

/// <summary>What <c>./platform flows</c> was asked.</summary>
/// <param name="AddressFile">Where the service left its address.</param>
internal sealed record PrintArguments(string AddressFile, string? Trace, bool IsFollowing, bool IsJson)
{
    public string Path => (Trace is null ? "flows" : $"flows/{Trace}") + (IsJson ? ".json" : ".txt");

    /// <summary>The arguments, or what is wrong with them.</summary>
    public static (PrintArguments? Arguments, string? Wrong) Read(IReadOnlyList<string> args)
    {
        var read = new PrintArguments("AppHost/.platform/flows.address", null, IsFollowing: false, IsJson: false);
        for (var index = 0; index < args.Count; index++)
        {
            switch (args[index])
            {
                case "--trace" when index + 1 < args.Count && args[index + 1] is { Length: 32 } id && id.All(char.IsAsciiHexDigit):
                    read = read with { Trace = args[++index].ToLowerInvariant() };
                    break;
                case "--trace":
                    return (null, "--trace needs a trace's id: 32 hexadecimal digits, as the dashboard and error pages show it.");
                case "--address-file" when index + 1 < args.Count:
                    read = read with { AddressFile = args[++index] };
                    break;
                case "--follow":
                    read = read with { IsFollowing = true };
                    break;
                case "--json":
                    read = read with { IsJson = true };
                    break;
                default:
                    return (null, $"'{args[index]}' is no argument of flows.");
            }
        }

        return (read, null);
    }

    /// <summary>What is printed for itself: the lines of a list, or the whole of a flow.</summary>
    public IEnumerable<string> Split(string text)
    {
        if (Trace is not null)
        {
            return [text.TrimEnd('\n')];
        }

        if (!IsJson)
        {
            return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }

        using var flows = JsonDocument.Parse(text);
        return [.. flows.RootElement.EnumerateArray().Reverse().Select(flow => flow.GetRawText())];
    }
}
