using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Run;

namespace Platform.Hosting.Tests.Supervision;

public sealed class OutputTests
{
    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task Keeps_the_lines_in_order_and_both_streams_apart()
    {
        await using var application = new Application();
        application.AddShell("tool", "echo out; sleep 0.1; echo err >&2; sleep 0.1; echo end; exec sleep 1000");
        await application.StartAsync();
        await application.WaitForLineAsync("tool", "end");

        var lines = new List<LogLine>();
        await foreach (var batch in application.Running.Services.GetService<ResourceLoggerService>().GetAllAsync("tool"))
        {
            lines.AddRange(batch);
        }

        Assert.Equal([new(1, "out", false), new(2, "err", true), new(3, "end", false)], lines);
    }

    [Fact(Timeout = Deadline.Milliseconds)]
    public async Task A_flood_neither_blocks_nor_is_kept_whole()
    {
        await using var application = new Application();
        application.AddShell("tool", "seq 1 200000; echo end; exec sleep 1000");
        await application.StartAsync();
        await application.WaitForLineAsync("tool", "end");

        var kept = application.Running.Services.GetService<ResourceLoggerService>().LastLines("tool");

        Assert.Equal(LogBuffer.DefaultCapacity, kept.Count);
        Assert.Equal("200000", kept[^2].Text);
    }

    [Fact]
    public async Task Cuts_a_line_that_does_not_end()
    {
        var lines = new List<string>();
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(new string('x', 50_000) + "\r\nlast"));
        using var reader = new StreamReader(stream);

        await LinePump.RunAsync(reader, lines.Add);

        Assert.Equal("last", lines[^1]);
        Assert.Equal(50_000, lines.SkipLast(1).Sum(line => line.Length));
        Assert.All(lines, line => Assert.True(line.Length <= LinePump.LongestLine + 8192));
    }

    [Fact]
    public async Task The_console_shows_names_and_says_what_it_left_out()
    {
        var text = new StringWriter();
        var console = new ConsoleWriter(text, colours: false);
        for (var i = 0; i < 10_000; i++)
        {
            console.WriteOutput("tool", $"\e[31m{i}\e[0m");
        }

        console.Start(width: 6);
        await console.FinishAsync();

        var lines = text.ToString().Split(Environment.NewLine);
        Assert.Equal("… 1808 lines left out: the console is slower than the resources …", lines[0]);
        Assert.Equal("tool | 1808", lines[1]);
    }
}
