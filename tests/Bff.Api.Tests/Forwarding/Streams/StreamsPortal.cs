using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Platform.Bff.Tests.AccessTokens;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Forwarding.Streams;

/// <summary>A portal of two replicas in front of an API with WebSockets, server-sent events and a download that takes its time.</summary>
public class StreamsPortal : Portal, IAsyncLifetime
{
    public const int LargestBody = 100;

    public static readonly TimeSpan IdleLifetime = TimeSpan.FromMinutes(10);

    internal BffReplica SecondReplica { get; private set; } = null!;

    /// <summary>Completes when the API has learnt that its last stream is over.</summary>
    internal TaskCompletionSource ApiToldOfEnd { get; private set; } = new();

    public new async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        SecondReplica = await AddReplicaAsync();
    }

    internal override Dictionary<string, string> Settings()
    {
        var settings = base.Settings();
        settings["Sessions:IdleLifetime"] = IdleLifetime.ToString();
        settings["Bff:Limits:RequestBody"] = $"{LargestBody}";
        SourcesPortal.AddRoute(settings, "socket", ("Streams", "websockets"));
        SourcesPortal.AddRoute(settings, "events", ("Streams", "events"));
        SourcesPortal.AddRoute(settings, "download");
        SourcesPortal.AddRoute(settings, "one", ("Audience", "one"));
        return settings;
    }

    internal StreamsPortal WithStreams()
    {
        Fresh();
        ApiToldOfEnd = new();
        Contacts.Answer = AnswerAsync;
        return this;
    }

    private async Task AnswerAsync(HttpContext http)
    {
        // Of the test that opened the stream: one of another test may end during this one.
        var told = ApiToldOfEnd;
        try
        {
            if (http.WebSockets.IsWebSocketRequest)
            {
                using var socket = await http.WebSockets.AcceptWebSocketAsync();
                await EchoAsync(socket);
            }
            else
            {
                http.Response.ContentType = http.Request.Path == "/api/events" ? "text/event-stream" : "application/octet-stream";
                await http.Response.WriteAsync("data: hello\n\n");
                await http.Response.Body.FlushAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or WebSocketException)
        {
            // The BFF closed the connection.
        }

        told.TrySetResult();
    }

    private static async Task EchoAsync(WebSocket socket)
    {
        var buffer = new byte[256];
        while (await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None) is { MessageType: WebSocketMessageType.Text } message)
        {
            var text = $"echo {Encoding.UTF8.GetString(buffer, 0, message.Count)}";
            await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);
        }

        // A connection that is lost comes as an exception; this is a goodbye.
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }
}

/// <summary>The same where tokens are bound to a key, as they are without being told otherwise.</summary>
public sealed class BoundStreamsPortal : StreamsPortal
{
    internal override Dictionary<string, string> Settings()
    {
        var settings = base.Settings();
        settings.Remove("Oidc:DPoP");
        return settings;
    }
}
