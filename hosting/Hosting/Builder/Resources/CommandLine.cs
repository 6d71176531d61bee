using System.Text;

namespace Aspire.Hosting;

internal static class CommandLine
{
    /// <summary>Splits at blanks outside of double quotes.</summary>
    public static string[] Split(string line)
    {
        var arguments = new List<string>();
        var current = new StringBuilder();
        var (quoted, started) = (false, false);
        foreach (var character in line)
        {
            if (character == '"')
            {
                (quoted, started) = (!quoted, true);
            }
            else if (char.IsWhiteSpace(character) && !quoted)
            {
                Finish();
            }
            else
            {
                current.Append(character);
                started = true;
            }
        }

        Finish();
        return [.. arguments];

        void Finish()
        {
            if (started)
            {
                arguments.Add(current.ToString());
            }

            current.Clear();
            started = false;
        }
    }
}
