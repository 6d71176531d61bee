using System.Net;
using System.Net.WebSockets;
using System.Text;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Forwarding.Streams;

/// <summary>A call that stays open, whatever its kind.</summary>
internal abstract class OpenStream : IDisposable
{
    /// <summary>Opens one and sees that it works.</summary>
    /// <param name="kind">socket, socket over HTTP/2, events or download.</param>
    public static async Task<OpenStream> OpenAsync(string kind, Browser browser, BffReplica replica) => kind switch
    {
        "socket" => await Socket.OpenAsync(browser, replica, HttpVersion.Version11),
        "socket over HTTP/2" => await Socket.OpenAsync(browser, replica, HttpVersion.Version20),
        _ => await Answer.OpenAsync(browser, kind),
    };

    /// <summary>Whether it still does what it should.</summary>
    public abstract Task AssertOpenAsync();

    /// <summary>Completes at the end of the stream.</summary>
    public abstract Task EndAsync();

    public abstract void Dispose();

    internal sealed class Socket(ClientWebSocket socket) : OpenStream
    {
        private readonly byte[] _buffer = new byte[256];

        public static async Task<OpenStream> OpenAsync(Browser browser, BffReplica replica, Version version)
        {
            using var http = new HttpMessageInvoker(Browser.Handler(() => replica.Port));
            var client = new ClientWebSocket();
            client.Options.HttpVersion = version;
            client.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
            client.Options.SetRequestHeader("Origin", Portal.Origin);
            client.Options.SetRequestHeader("Cookie", $"__Host-bff={browser.Handle}");
            await client.ConnectAsync(new Uri($"wss://{Portal.Host}/api/socket"), http, TestContext.Current.CancellationToken);
            var socket = new Socket(client);
            await socket.AssertOpenAsync();
            return socket;
        }

        public override async Task AssertOpenAsync()
        {
            await socket.SendAsync("ping"u8.ToArray(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
            var received = await socket.ReceiveAsync(_buffer.AsMemory(), TestContext.Current.CancellationToken);
            Assert.Equal("echo ping", Encoding.UTF8.GetString(_buffer, 0, received.Count));
        }

        public override async Task EndAsync()
        {
            var failure = await Assert.ThrowsAnyAsync<Exception>(
                async () => await socket.ReceiveAsync(_buffer.AsMemory(), TestContext.Current.CancellationToken));
            Assert.IsNotType<OperationCanceledException>(failure);
        }

        public override void Dispose() => socket.Dispose();
    }

    internal sealed class Answer(HttpResponseMessage response, Stream body) : OpenStream
    {
        private readonly byte[] _buffer = new byte[256];

        public static async Task<OpenStream> OpenAsync(Browser browser, string kind)
        {
            var response = await browser.CallAsync($"/api/{kind}");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var answer = new Answer(response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
            var length = await answer.ReadAsync();
            Assert.Equal("data: hello\n\n", Encoding.UTF8.GetString(answer._buffer, 0, length));
            return answer;
        }

        private Task<int> ReadAsync() => body.ReadAsync(_buffer, TestContext.Current.CancellationToken).AsTask();

        // Nothing comes, and no end either.
        public override Task AssertOpenAsync() => Task.CompletedTask;

        // Not a proper end: what was cut must not look whole.
        public override Task EndAsync() => Assert.ThrowsAnyAsync<IOException>(ReadAsync);

        public override void Dispose() => response.Dispose();
    }
}
