using Aspire.Hosting.Dashboard.Feed.Wire;

namespace Platform.Hosting.Tests.Dashboard;

public sealed class ConsoleFeedTests : IAsyncLifetime
{
    private FeedFixture _feed = null!;
    private GrpcClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _feed = await FeedFixture.StartAsync();
        _client = _feed.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _feed.DisposeAsync();
    }

    [Fact]
    public async Task Tells_both_streams_of_the_output_in_their_order_and_follows()
    {
        _feed.Logs.Append("cache-cccccccc", "cache", "ready", isError: false);
        _feed.Logs.Append("cache-cccccccc", "cache", "oh no", isError: true);
        await using var updates = _client.CallAsync("WatchResourceConsoleLogs", Of("cache-cccccccc"), WatchResourceConsoleLogsUpdate.Parser, Cancellation)
            .GetAsyncEnumerator(Cancellation);

        Assert.True(await updates.MoveNextAsync());
        Assert.Equal([(1, false), (2, true)], updates.Current.LogLines.Select(line => (line.LineNumber, line.IsStdErr)));
        Assert.Matches("^[0-9T:.-]+Z oh no$", updates.Current.LogLines[1].Text);

        _feed.Logs.Append("cache-cccccccc", "cache", "more", isError: false);
        Assert.True(await updates.MoveNextAsync());
        Assert.Equal(3, Assert.Single(updates.Current.LogLines).LineNumber);
    }

    [Fact]
    public async Task Tells_much_output_in_messages_that_the_dashboard_accepts()
    {
        var longLine = new string('x', 10_000);
        for (var line = 0; line < 1_000; line++)
        {
            _feed.Logs.Append("cache-cccccccc", "cache", longLine, isError: false);
        }

        var request = Of("cache-cccccccc");
        request.SuppressFollow = true;
        var lines = 0;
        await foreach (var update in _client.CallAsync("WatchResourceConsoleLogs", request, WatchResourceConsoleLogsUpdate.Parser, Cancellation))
        {
            Assert.True(update.CalculateSize() < 1024 * 1024);
            lines += update.LogLines.Count;
        }

        Assert.Equal(1_000, lines);
    }

    [Fact]
    public async Task Says_how_many_lines_are_not_kept_any_more()
    {
        for (var line = 0; line < 10_250; line++)
        {
            _feed.Logs.Append("cache-cccccccc", "cache", "busy", isError: false);
        }

        await using var updates = _client.CallAsync("WatchResourceConsoleLogs", Of("cache-cccccccc"), WatchResourceConsoleLogsUpdate.Parser, Cancellation)
            .GetAsyncEnumerator(Cancellation);

        Assert.True(await updates.MoveNextAsync());
        var notice = Assert.Single(updates.Current.LogLines);
        Assert.Equal(250, notice.LineNumber);
        Assert.EndsWith("… 250 lines left out: only the last ones are kept …", notice.Text, StringComparison.Ordinal);
        Assert.True(await updates.MoveNextAsync());
        Assert.Equal(251, updates.Current.LogLines[0].LineNumber);
    }

    private static WatchResourceConsoleLogsRequest Of(string name) => new() { ResourceName = name };
}
