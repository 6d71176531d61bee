using Aspire.Hosting.ApplicationModel;

namespace Platform.Hosting.Tests.Model;

public sealed class LogBufferTests
{
    [Fact]
    public async Task Gives_a_reader_what_was_written_and_then_what_is_new()
    {
        var buffer = new LogBuffer(100);
        buffer.Append(default, "one", false);
        var (first, position) = (await buffer.ReadAsync(0, Deadline.Token))!.Value;
        var next = buffer.ReadAsync(position, Deadline.Token);
        Assert.False(next.IsCompleted);

        buffer.Append(default, "two", true);

        Assert.Equal([new LogEntry(1, default, "one", false)], first);
        Assert.Equal([new LogEntry(2, default, "two", true)], (await next)!.Value.Entries);
    }

    [Fact]
    public async Task Keeps_the_last_lines_only_and_their_order_and_numbers()
    {
        var buffer = new LogBuffer(1000);
        for (var i = 1; i <= 5000; i++)
        {
            buffer.Append(default, $"{i}", false);
        }

        var (entries, position) = (await buffer.ReadAsync(0, Deadline.Token))!.Value;

        Assert.Equal(5000, position);
        Assert.Equal(Enumerable.Range(4001, 1000).Select(i => (i, $"{i}")), entries.Select(entry => (entry.Number, entry.Text)));
    }

    [Fact]
    public async Task Ends_a_reader_when_the_output_has_ended()
    {
        var buffer = new LogBuffer();
        var reading = buffer.ReadAsync(0, Deadline.Token);

        buffer.Complete();

        Assert.Null(await reading);
    }

    [Fact]
    public void Forgets_what_was_cleared()
    {
        var buffer = new LogBuffer();
        buffer.Append(default, "old", false);
        buffer.Clear();
        buffer.Append(default, "new", false);

        Assert.Equal(["new"], buffer.Snapshot().Select(entry => entry.Text));
    }
}
