using System.Threading.Channels;

namespace Aspire.Hosting.Run;

/// <summary>
/// Writes to the console one line after the other. A console that is slower than the resources holds nobody up: the oldest lines
/// that it has not shown yet are left out, and it says how many (the dashboard and the loggers have them).
/// </summary>
internal sealed class ConsoleWriter
{
    private const int Capacity = 8192;
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private static readonly string[] Palette =
        ["\e[36m", "\e[33m", "\e[35m", "\e[32m", "\e[34m", "\e[96m", "\e[93m", "\e[95m", "\e[92m", "\e[94m"];

    private readonly TextWriter _writer;
    private readonly bool _colours;
    private readonly Channel<string> _lines;
    private Task _writing = Task.CompletedTask;
    private int _width;
    private int _leftOut;

    public ConsoleWriter() : this(Console.Out, !Console.IsOutputRedirected
        && Environment.GetEnvironmentVariable("NO_COLOR") is null or "" && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb"))
    {
    }

    internal ConsoleWriter(TextWriter writer, bool colours)
    {
        (_writer, _colours) = (writer, colours);
        _lines = Channel.CreateBounded<string>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Interlocked.Increment(ref _leftOut));
    }

    public void Start(int width)
    {
        _width = width;
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>A line of a resource.</summary>
    public void WriteOutput(string name, string text) =>
        _lines.Writer.TryWrite($"{Prefix(name)} | {(_colours ? text + Ansi.Reset : Ansi.Strip(text))}");

    /// <summary>A change of a resource's state.</summary>
    public void WriteProgress(string name, string text) =>
        _lines.Writer.TryWrite(_colours ? $"{Prefix(name)} \e[2m» {text}{Ansi.Reset}" : $"{Prefix(name)} » {text}");

    public void WriteLines(IEnumerable<string> lines) => _lines.Writer.TryWrite(string.Join(Environment.NewLine, lines));

    public async Task FinishAsync()
    {
        _lines.Writer.TryComplete();
        try
        {
            await _writing.WaitAsync(LastWords, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            // A console that nobody reads.
        }
    }

    private string Prefix(string name)
    {
        var padded = name.PadRight(_width);
        return _colours ? Palette[ColourOf(name)] + padded + Ansi.Reset : padded;
    }

    // The same name has the same colour in every run: string.GetHashCode would not.
    private static int ColourOf(string name) => (int)(name.Aggregate(17u, (hash, letter) => (hash * 31) + letter) % (uint)Palette.Length);

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync())
            {
                if (Interlocked.Exchange(ref _leftOut, 0) is > 0 and var count)
                {
                    await _writer.WriteLineAsync($"… {count} lines left out: the console is slower than the resources …");
                }

                await _writer.WriteLineAsync(line);
            }

            await _writer.FlushAsync();
        }
        catch (IOException)
        {
            // The console is gone; the resources go on.
        }
    }
}
