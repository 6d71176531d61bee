using System.Globalization;

namespace Platform.Caep.Intake.Replay;

/// <summary>What the command was asked for.</summary>
/// <param name="DryRun">Only says what would be done.</param>
/// <param name="Partition">Only this one.</param>
/// <param name="Offset">From here on, in place of where the last replay stopped.</param>
/// <param name="Limit">No more than so many.</param>
internal sealed record ReplayArguments(bool DryRun, int? Partition, long? Offset, int? Limit)
{
    /// <summary>Null, with the fault, when they are not understood.</summary>
    public static ReplayArguments? Parse(ReadOnlySpan<string> arguments, out string fault)
    {
        var result = new ReplayArguments(DryRun: false, null, null, null);
        fault = "";
        for (var position = 0; position < arguments.Length; position++)
        {
            var name = arguments[position];
            if (name == "--dry-run")
            {
                result = result with { DryRun = true };
                continue;
            }

            if (name is not ("--partition" or "--offset" or "--limit"))
            {
                fault = $"'{name}' is not known.";
                return null;
            }

            if (++position == arguments.Length ||
                !long.TryParse(arguments[position], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ||
                (name != "--offset" && number > int.MaxValue))
            {
                fault = $"{name} needs a whole number.";
                return null;
            }

            result = name switch
            {
                "--partition" => result with { Partition = (int)number },
                "--offset" => result with { Offset = number },
                _ => result with { Limit = (int)number },
            };
        }

        if (result is { Offset: not null, Partition: null })
        {
            fault = "--offset is one of a partition: name it with --partition.";
            return null;
        }

        return result;
    }
}
