using System.Threading.Channels;

namespace Platform.Caep.Intake;

/// <summary>
/// Spreads items over a fixed number of queues by their key: those of one key are handled one after the other,
/// those of different keys at the same time.
/// </summary>
internal sealed class Lanes<T>
{
    private readonly int _capacity;
    private readonly Channel<T>[] _channels;

    public Lanes(int count, int capacity)
    {
        _capacity = capacity;
        _channels = [.. Enumerable.Range(0, count).Select(_ => Channel.CreateBounded<T>(
            new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true }))];
    }

    /// <summary>Stays true until something is added: there is one writer.</summary>
    public bool HaveRoomFor(ReadOnlySpan<byte> key) => _channels[LaneOf(key)].Reader.Count < _capacity;

    /// <exception cref="InvalidOperationException">There is no room.</exception>
    public void Add(ReadOnlySpan<byte> key, T item)
    {
        if (!_channels[LaneOf(key)].Writer.TryWrite(item))
        {
            throw new InvalidOperationException("The lane is full.");
        }
    }

    /// <summary>
    /// Runs until cancelled, or until <paramref name="handle"/> throws, which ends all lanes: one that ended alone would hold its
    /// keys and the offsets of their partitions, and nobody would notice. <paramref name="handle"/> gets the number of the lane.
    /// </summary>
    public async Task RunAsync(Func<int, T, CancellationToken, Task> handle, CancellationToken cancellationToken)
    {
        using var together = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(_channels.Select((channel, lane) => Task.Run(async () =>
        {
            try
            {
                await foreach (var item in channel.Reader.ReadAllAsync(together.Token))
                {
                    await handle(lane, item, together.Token);
                }
            }
            catch (OperationCanceledException) when (together.IsCancellationRequested)
            {
                // What is left in the lane was not completed and comes again.
            }
            catch (Exception)
            {
                await together.CancelAsync();
                throw;
            }
        }, CancellationToken.None)));
    }

    internal int LaneOf(ReadOnlySpan<byte> key)
    {
        // FNV-1a: the same lane in every process, so that a log can be read.
        var hash = 2166136261u;
        foreach (var part in key)
        {
            hash = (hash ^ part) * 16777619u;
        }

        return (int)(hash % (uint)_channels.Length);
    }
}
