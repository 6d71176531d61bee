using System.Net;
using System.Threading.Channels;
using Aspire.Hosting.Dashboard.Feed.Wire;
using Google.Protobuf;

namespace Platform.Hosting.Tests.Dashboard;

/// <summary>The dashboard's side of the call that goes both ways.</summary>
internal sealed class InteractionClient : IAsyncDisposable
{
    private readonly PushedContent _sent = new();
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(Deadline.Token);
    private readonly IAsyncEnumerator<WatchInteractionsResponseUpdate> _received;

    public InteractionClient(GrpcClient client) => _received = client
        .CallAsync("WatchInteractions", _sent, WatchInteractionsResponseUpdate.Parser, _end.Token).GetAsyncEnumerator(_end.Token);

    /// <summary>What the person is shown next.</summary>
    public async Task<WatchInteractionsResponseUpdate> NextAsync()
    {
        Assert.True(await _received.MoveNextAsync());
        return _received.Current;
    }

    public void Send(WatchInteractionsRequestUpdate answer) => _sent.Push(GrpcClient.Frame(answer.ToByteArray()));

    public void PressButton(int id) => Send(new() { InteractionId = id, Notification = new() { Result = true } });

    public void Close(int id) => Send(new() { InteractionId = id, Complete = new() });

    public void Fill(WatchInteractionsResponseUpdate dialog, params string[] values)
    {
        var answer = new WatchInteractionsRequestUpdate { InteractionId = dialog.InteractionId, InputsDialog = dialog.InputsDialog.Clone() };
        foreach (var (input, value) in answer.InputsDialog.InputItems.Zip(values))
        {
            input.Value = value;
        }

        Send(answer);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        try
        {
            await _received.DisposeAsync();
        }
        catch (OperationCanceledException)
        {
            // Hung up.
        }

        _sent.Dispose();
        _end.Dispose();
    }

    /// <summary>A body that is sent piece by piece.</summary>
    private sealed class PushedContent : HttpContent
    {
        private readonly Channel<byte[]> _pieces = Channel.CreateUnbounded<byte[]>();

        public PushedContent() => Headers.ContentType = new("application/grpc");

        public void Push(byte[] piece) => _pieces.Writer.TryWrite(piece);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.FlushAsync(Deadline.Token);
            await foreach (var piece in _pieces.Reader.ReadAllAsync(Deadline.Token))
            {
                await stream.WriteAsync(piece, Deadline.Token);
                await stream.FlushAsync(Deadline.Token);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            _pieces.Writer.TryComplete();
            base.Dispose(disposing);
        }
    }
}
