using System.Text;

namespace Aspire.Hosting.Run;

/// <summary>Reads lines. One that does not end is cut, so that no output can grow without bound.</summary>
internal static class LinePump
{
    internal const int LongestLine = 16 * 1024;

    public static async Task RunAsync(StreamReader reader, Action<string> onLine)
    {
        var buffer = new char[8 * 1024];
        var pending = new StringBuilder();
        try
        {
            int read;
            while ((read = await reader.ReadAsync(buffer)) > 0)
            {
                Split(buffer.AsSpan(0, read), pending, onLine);
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The process is gone, and the pipe with it.
        }

        if (pending.Length > 0)
        {
            onLine(pending.ToString());
        }
    }

    private static void Split(ReadOnlySpan<char> text, StringBuilder pending, Action<string> onLine)
    {
        while (text.IndexOf('\n') is var end and >= 0)
        {
            var line = text[..end];
            if (pending.Length > 0)
            {
                pending.Append(line);
                onLine(pending.ToString().TrimEnd('\r'));
                pending.Clear();
            }
            else
            {
                onLine(line.TrimEnd('\r').ToString());
            }

            text = text[(end + 1)..];
        }

        pending.Append(text);
        if (pending.Length >= LongestLine)
        {
            onLine(pending.ToString());
            pending.Clear();
        }
    }
}
