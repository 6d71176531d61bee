using System.Text.RegularExpressions;

namespace Aspire.Hosting.Run;

/// <summary>The escape sequences of terminals.</summary>
internal static partial class Ansi
{
    public const string Reset = "\e[0m";

    public static string Strip(string text) => text.Contains('\e', StringComparison.Ordinal) ? Sequence().Replace(text, "") : text;

    [GeneratedRegex(@"\e\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Sequence();
}
