namespace Platform.Bff.Tests.Fixture;

/// <summary>An open /auth/events, read frame by frame.</summary>
internal sealed class EventStream(HttpResponseMessage response, StreamReader reader) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public HttpResponseMessage Response => response;

    public static async Task<EventStream> OpenAsync(Browser browser)
    {
        var response = await browser.CallAsync("/auth/events");
        Assert.True(response.IsSuccessStatusCode);
        var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        return new(response, new StreamReader(stream));
    }

    /// <summary>The next frame, its lines joined by |; null at the end of the stream.</summary>
    public async Task<string?> NextAsync()
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience) is { } line)
        {
            if (line.Length == 0)
            {
                return string.Join('|', lines);
            }

            lines.Add(line);
        }

        return null;
    }

    /// <summary>The next frame that is not a heartbeat.</summary>
    public async Task<string?> NextEventAsync()
    {
        while (true)
        {
            if (await NextAsync() is not [':', ..] and var frame)
            {
                return frame;
            }
        }
    }

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }
}
